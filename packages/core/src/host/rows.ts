import type { Tensor } from "@tensorflow/tfjs-core";
import { tensorOf } from "../backend/tensor-of.js";
import type { Floats } from "../contracts/index.js";
import { fail } from "../errors.js";
import { sizeOf } from "../modules/params.js";

/** Plain rows: what host functions take and give. */
export interface Rows {
  readonly data: Floats;
  readonly shape: readonly [n: number, ...event: number[]];
}
export type RowsLike = Rows | readonly (readonly number[])[];

export const isRows = (rows: unknown): rows is Rows => typeof rows === "object" && rows !== null && "shape" in rows && "data" in rows;

/** Rows from a list of lists; refuses ragged ones, cells that are no numbers and buffers that do not fit their shape. */
export function asRows(where: string, rows: RowsLike): Rows {
  if (Array.isArray(rows)) return fromLists(where, rows);
  if (!isRows(rows)) return fail("data", where, "expected rows as number[][] or as { data, shape }.");
  const { data, shape } = rows;
  if (data.length === sizeOf(shape)) return rows;
  return fail("shape", where, `rows of shape [${shape}] hold ${sizeOf(shape)} numbers, got ${data.length}.`);
}

function fromLists(where: string, rows: readonly (readonly number[])[]): Rows {
  const width = rows[0]?.length ?? 0;
  const data = new Float64Array(rows.length * width);
  rows.forEach((row, i) => {
    if (row.length !== width) fail("shape", where, `expected ${width} numbers in every row, got ${row.length} in row ${i}.`);
    row.forEach((cell, column) => {
      if (typeof cell !== "number")
        fail("data", where, `row ${i}, column ${column} is ${JSON.stringify(cell)}, not a number. Convert it, or leave the row out.`);
      data[i * width + column] = cell;
    });
  });
  return { data, shape: [rows.length, width] };
}

const emptyLike = (data: Floats, length: number): Floats =>
  data instanceof Float64Array ? new Float64Array(length) : new Float32Array(length);

/** Rows by number. */
export function select({ data, shape: [, ...event] }: Rows, order: ArrayLike<number>): Rows {
  const width = sizeOf(event);
  const out = emptyLike(data, order.length * width);
  for (let i = 0; i < order.length; i++) {
    const from = order[i]! * width;
    for (let column = 0; column < width; column++) out[i * width + column] = data[from + column]!;
  }
  return { data: out, shape: [order.length, ...event] };
}

/** Rows from .. to - 1, without a copy. */
export function range({ data, shape: [, ...event] }: Rows, from: number, to: number): Rows {
  const width = sizeOf(event);
  return { data: data.subarray(from * width, to * width), shape: [to - from, ...event] };
}

/** Rows as a new tensor. */
export const rowsTensor = ({ data, shape }: Rows): Tensor => tensorOf(data, shape);
