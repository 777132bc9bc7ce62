import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { fail } from "@flows/core/author";
import { readBytes } from "@flows/core/node";
import { isToySpec } from "@flows/datasets";
import { fileData, toyData } from "../data/data.js";
import type { Data, ReadOptions } from "../data/rows.js";

/** Reads a toy, an npy file or a text with a table; files may be packed by gzip. Throws FlowsError "file" and "data". */
export async function readData(spec: string, options: ReadOptions): Promise<Data> {
  if (isToySpec(spec)) return toyData(spec, options);
  const bytes = await readBytes(spec);
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return { ...fileData(packed ? spec.replace(/\.gz$/i, "") : spec, packed ? await unpacked(spec, bytes) : bytes, options), name: spec };
}

/** More than this is no table that fits the memory. */
const most = 2 ** 31 - 1;

const unpacked = (path: string, bytes: Uint8Array): Promise<Uint8Array> =>
  promisify(gunzip)(bytes, { maxOutputLength: most }).catch((cause: Error) =>
    fail("data", path, `it begins as gzip, but cannot be unpacked: ${cause.message}. Write or copy it again.`, { cause }),
  );
