import type { Module } from "@flows/core";
import type { Result } from "../close.js";
import { type Batch, tensorsOf } from "./batch.js";
import { read } from "./read.js";
import type { Way } from "./way.js";

/** What a module gives for a batch in evaluation mode, off the tape, as plain numbers. */
export async function evaluate<M extends Module>(module: M, way: Way<M>, batch: Batch): Promise<Result> {
  const { rows, call, dispose } = tensorsOf(batch);
  const result = way.run(module, rows, call);
  dispose();
  return read(result);
}
