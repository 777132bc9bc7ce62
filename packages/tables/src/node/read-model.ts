import { readFile } from "node:fs/promises";
import { fail } from "@flows/core/author";
import { type Model, modelIn } from "../model/model.js";
import { unreadable } from "./unreadable.js";

/** Reads a model file. The flow is the caller's to dispose. */
export const readModel = async (path: string): Promise<Model> =>
  modelIn(path, await readFile(path).catch((error: NodeJS.ErrnoException) => fail("file", path, unreadable(error))));
