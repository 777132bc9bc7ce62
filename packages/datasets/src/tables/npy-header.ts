import { fail } from "@flows/core/author";

export interface NpyHeader {
  /** "<f4" */
  readonly descr: string;
  readonly fortran: boolean;
  readonly shape: readonly number[];
  /** Where the numbers begin. */
  readonly offset: number;
}

const magic = "\x93NUMPY";

/**
 * Reads the header of a .npy file, versions 1 to 3.
 * Source: NumPy, numpy.lib.format (the NPY format): magic, version, header length, a Python dict literal.
 */
export function npyHeader(where: string, bytes: Uint8Array): NpyHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (latin1(bytes, 0, 6) !== magic)
    fail("data", where, "this is no .npy file: it does not begin with \\x93NUMPY. Write one with numpy.save.");
  const version = bytes[6] ?? 0;
  if (bytes.length >= 7 && (version < 1 || version > 3)) fail("data", where, `.npy version ${version} is not known, 1 to 3 are.`);
  const start = version === 1 ? 10 : 12;
  if (bytes.length < start) truncated(where, start, bytes.length);
  const offset = start + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (bytes.length < offset) truncated(where, offset, bytes.length);
  return { ...dictionary(where, latin1(bytes, start, offset)), offset };
}

export const truncated = (where: string, wanted: number, got: number): never =>
  fail("data", where, `the file is cut short: it should have ${wanted} bytes, it has ${got}. Write or copy it again.`);

function dictionary(where: string, text: string): Omit<NpyHeader, "offset"> {
  const descr = /'descr':\s*'([^']*)'/.exec(text)?.[1];
  const fortran = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  const shape = /'shape':\s*\(([\d,\s]*)\)/.exec(text)?.[1];
  if (/'descr':\s*\[/.test(text)) fail("data", where, "the file holds records with fields. Save one plain array of numbers.");
  if (descr === undefined || fortran === undefined || shape === undefined)
    return fail("data", where, `its header cannot be read: ${text.slice(0, 120).trim()}`);
  const sizes = shape.split(",").map((size) => size.trim()).filter((size) => size !== "").map(Number); // biome-ignore format: one step a call
  return { descr, fortran: fortran === "True", shape: sizes };
}

const latin1 = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, Math.min(to, from + 65_536)));
