import { readFile } from "node:fs/promises";
import { fail } from "@flows/core/author";
import { isToySpec } from "@flows/datasets";
import { fileData, toyData } from "../data/data.js";
import type { Data, ReadOptions } from "../data/rows.js";
import { unreadable } from "./unreadable.js";

/** Reads a toy, an npy file or a CSV file. */
export async function readData(spec: string, options: ReadOptions): Promise<Data> {
  if (isToySpec(spec)) return toyData(spec, options);
  return fileData(spec, await readFile(spec).catch((error: NodeJS.ErrnoException) => fail("data", spec, unreadable(error))), options);
}
