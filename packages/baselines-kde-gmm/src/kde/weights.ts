import { fail, select } from "@flows/core/author";
import { type Matrix, matrixOf } from "../matrix.js";

/** Beside the heaviest row this is nothing, and it would underflow in float32. */
const weightless = 1e-37;

/** Rows that weigh something, and their weights with sum 1. */
export interface Weighted {
  readonly rows: Matrix;
  readonly weights: Float64Array;
  /** 1 / sum w^2: how many equal rows say as much. */
  readonly effective: number;
}

/** Equal weights, or those given; rows that weigh nothing are left out. */
export function weighted(where: string, rows: Matrix, given: ArrayLike<number> | undefined): Weighted {
  if (!given) return { rows, weights: new Float64Array(rows.n).fill(1 / rows.n), effective: rows.n };
  const raw = checked(where, rows.n, given);
  const heaviest = raw.reduce((most, w) => Math.max(most, w), 0);
  const kept = [...raw.keys()].filter((i) => raw[i]! > weightless * heaviest);
  const total = kept.reduce((sum, i) => sum + raw[i]!, 0);
  const weights = Float64Array.from(kept, (i) => raw[i]! / total);
  const { data, n, features } = rows;
  return {
    rows: matrixOf(where, select({ data, shape: [n, features] }, kept)),
    weights,
    effective: 1 / weights.reduce((sum, w) => sum + w * w, 0),
  };
}

function checked(where: string, n: number, given: ArrayLike<number>): Float64Array {
  if (given.length !== n) fail("shape", where, `expected a weight for each of ${n} rows, got ${given.length}.`);
  const raw = Float64Array.from(given);
  const bad = raw.findIndex((w) => !(w >= 0 && w < Number.POSITIVE_INFINITY));
  if (bad >= 0) fail("data", where, `the weight of row ${bad} is ${raw[bad]}; weights are finite and not negative.`);
  return raw;
}
