import type { Tensor } from "@tensorflow/tfjs-core";
import { type Floats, tensorOf } from "../backend/tensor-of.js";
import { fail } from "../errors.js";
import { sizeOf } from "../modules/params.js";

/** Plain rows: what host functions take and give. */
export interface Rows {
  readonly data: Floats;
  readonly shape: readonly [n: number, ...event: number[]];
}
export type RowsLike = Rows | readonly (readonly number[])[];

const isRows = (rows: RowsLike): rows is Rows => "shape" in rows;

/** Rows from a list of lists; refuses ragged ones and buffers that do not fit their shape. */
export function asRows(where: string, rows: RowsLike): Rows {
  if (isRows(rows)) {
    if (rows.data.length === sizeOf(rows.shape)) return rows;
    return fail("shape", where, `rows of shape [${rows.shape}] hold ${sizeOf(rows.shape)} numbers, got ${rows.data.length}.`);
  }
  const width = rows[0]?.length ?? 0;
  const ragged = rows.findIndex((row) => row.length !== width);
  if (ragged >= 0) fail("shape", where, `expected ${width} numbers in every row, got ${rows[ragged]?.length} in row ${ragged}.`);
  return { data: Float64Array.from(rows.flat()), shape: [rows.length, width] };
}

/** Rows by number. */
export function select({ data, shape: [, ...event] }: Rows, order: ArrayLike<number>): Rows {
  const width = sizeOf(event);
  const out = data instanceof Float64Array ? new Float64Array(order.length * width) : new Float32Array(order.length * width);
  for (let i = 0; i < order.length; i++) out.set(data.subarray(order[i]! * width, (order[i]! + 1) * width), i * width);
  return { data: out, shape: [order.length, ...event] };
}

/** Rows from .. to - 1, without a copy. */
export function range({ data, shape: [, ...event] }: Rows, from: number, to: number): Rows {
  const width = sizeOf(event);
  return { data: data.subarray(from * width, to * width), shape: [to - from, ...event] };
}

/** Rows as a new tensor. */
export const rowsTensor = ({ data, shape }: Rows): Tensor => tensorOf(data, shape);
