import type { RowsLike } from "@flows/core";
import { select, shuffled } from "@flows/core/author";
import { type Matrix, matrixOf } from "../matrix.js";

/** The share of each sample that is held out. */
const share = 0.2;
/** Fewer rows than this are no sample. */
const fewest = 10;

/** A sample in two parts: rows to train on, and rows held out. */
export interface Sample {
  readonly train: Matrix;
  readonly test: Matrix;
}

/** A fifth of the rows held out, dealt by the seed. */
export function sampleOf(where: string, name: string, like: RowsLike, seed: number): Sample {
  const { data, n, features } = matrixOf(`${where}: ${name}`, like, fewest);
  const order = shuffled(n, seed, 0, "split");
  const held = Math.round(n * share);
  const part = (numbers: Int32Array): Matrix => {
    const rows = select({ data, shape: [n, features] }, numbers);
    return { data: rows.data as Float64Array, n: numbers.length, features };
  };
  return { test: part(order.subarray(0, held)), train: part(order.subarray(held)) };
}
