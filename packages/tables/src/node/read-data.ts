import { readBytes } from "@flows/core/node";
import { isToySpec } from "@flows/datasets";
import { fileData, toyData } from "../data/data.js";
import type { Data, ReadOptions } from "../data/rows.js";

/** Reads a toy, an npy file or a CSV file. */
export const readData = async (spec: string, options: ReadOptions): Promise<Data> =>
  isToySpec(spec) ? toyData(spec, options) : fileData(spec, await readBytes(spec), options);
