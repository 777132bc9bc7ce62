import { gunzipSync } from "node:zlib";
import { fail } from "@flows/core/author";
import { readBytes } from "@flows/core/node";
import { isToySpec } from "@flows/datasets";
import { fileData, toyData } from "../data/data.js";
import type { Data, ReadOptions } from "../data/rows.js";

/** Reads a toy, an npy file or a CSV file; either may be compressed by gzip (.gz). */
export async function readData(spec: string, options: ReadOptions = {}): Promise<Data> {
  if (isToySpec(spec)) return toyData(spec, options);
  const bytes = await readBytes(spec);
  if (!spec.toLowerCase().endsWith(".gz")) return fileData(spec, bytes, options);
  return { ...fileData(spec.slice(0, -".gz".length), unzipped(spec, bytes), options), name: spec };
}

function unzipped(spec: string, bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes);
  } catch (cause) {
    return fail("data", spec, "it cannot be unzipped. Write or copy it again, or take .gz from its name.", { cause });
  }
}
