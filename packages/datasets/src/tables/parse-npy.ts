import type { Rows } from "@flows/core";
import { type Floats, fail } from "@flows/core/author";
import { type NpyHeader, npyHeader, truncated } from "./npy-header.js";

export interface NpyOptions {
  /** The fewest rows to accept; default 2. */
  readonly atLeast?: number;
  /** What to call the file in errors; default "parseNpy". */
  readonly name?: string;
}

type Read = (view: DataView, at: number, little: boolean) => number;

const high = (at: number, little: boolean): number => (little ? at + 4 : at);
const low = (at: number, little: boolean): number => (little ? at : at + 4);

const types: Readonly<Record<string, { readonly size: number; readonly read: Read }>> = {
  f2: { size: 2, read: (view, at, little) => half(view.getUint16(at, little)) },
  f4: { size: 4, read: (view, at, little) => view.getFloat32(at, little) },
  f8: { size: 8, read: (view, at, little) => view.getFloat64(at, little) },
  b1: { size: 1, read: (view, at) => view.getUint8(at) },
  i1: { size: 1, read: (view, at) => view.getInt8(at) },
  i2: { size: 2, read: (view, at, little) => view.getInt16(at, little) },
  i4: { size: 4, read: (view, at, little) => view.getInt32(at, little) },
  i8: { size: 8, read: (view, at, little) => view.getInt32(high(at, little), little) * 2 ** 32 + view.getUint32(low(at, little), little) },
  u1: { size: 1, read: (view, at) => view.getUint8(at) },
  u2: { size: 2, read: (view, at, little) => view.getUint16(at, little) },
  u4: { size: 4, read: (view, at, little) => view.getUint32(at, little) },
  u8: { size: 8, read: (view, at, little) => view.getUint32(high(at, little), little) * 2 ** 32 + view.getUint32(low(at, little), little) },
};

/** A number of 16 bits, IEEE 754 binary16. */
function half(bits: number): number {
  const [sign, exponent, fraction] = [bits & 0x8000 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (exponent ? (1 + fraction / 1024) * 2 ** (exponent - 15) : fraction * 2 ** -24);
}

/**
 * Rows from the bytes of a NumPy .npy file (versions 1 to 3) of one or two dimensions, in C or Fortran order.
 * Floats of 2, 4 (both kept as float32) and 8 bytes, integers of 1 to 8 with and without sign, and booleans (all as float64), of either byte
 * order. One dimension becomes one column.
 * Foreign and truncated files, other types, and values that are not finite throw a FlowsError "data".
 */
export function parseNpy(input: Uint8Array | ArrayBuffer, { atLeast = 2, name: where = "parseNpy" }: NpyOptions = {}): Rows {
  const bytes = input instanceof Uint8Array ? input : new Uint8Array(input);
  const header = npyHeader(where, bytes);
  const [order, kind] = [header.descr.slice(0, 1), header.descr.slice(1)];
  const type = /[<>|]/.test(order) && Object.hasOwn(types, kind) ? types[kind] : undefined;
  if (!type)
    return fail(
      "data",
      where,
      `its numbers are of type ${header.descr}; ${Object.keys(types).join(", ")} can be read. Save it with .astype("<f8").`,
    );
  const [n, width] = size(where, header, atLeast);
  const wanted = header.offset + n * width * type.size;
  if (bytes.length < wanted) truncated(where, wanted, bytes.length);
  if (bytes.length > wanted) fail("data", where, `${bytes.length - wanted} bytes follow the array. Save one array a file.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset + header.offset);
  const data: Floats = kind === "f4" || kind === "f2" ? new Float32Array(n * width) : new Float64Array(n * width);
  for (let i = 0; i < n * width; i++) {
    const place = header.fortran ? (i % width) * n + Math.floor(i / width) : i;
    data[i] = checked(where, type.read(view, place * type.size, order !== ">"), i, width, type.size === 8 && kind !== "f8");
  }
  return { data, shape: [n, width] };
}

function size(where: string, { shape }: NpyHeader, atLeast: number): [n: number, width: number] {
  const [n = 0, width = 1] = shape;
  if (shape.length < 1 || shape.length > 2) fail("data", where, `its array has shape [${shape}]; rows are [n] or [n, columns].`);
  if (width < 1) fail("data", where, "its array has no columns.");
  if (n < atLeast) fail("data", where, `it has ${n} ${n === 1 ? "row" : "rows"}, at least ${atLeast} are needed.`);
  return [n, width];
}

function checked(where: string, value: number, i: number, width: number, whole: boolean): number {
  if (whole ? Number.isSafeInteger(value) : Number.isFinite(value)) return value;
  const place = `row ${Math.floor(i / width) + 1}, column ${(i % width) + 1}`;
  const wrong = whole ? "is an integer that a float64 cannot hold exactly" : "is not finite";
  return fail("data", where, `${place}: ${value} ${wrong}. Correct it or remove the row.`);
}
