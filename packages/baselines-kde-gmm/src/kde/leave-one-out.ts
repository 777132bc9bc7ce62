import type { Matrix } from "../matrix.js";

/** At most so many rows are left out in turn, evenly taken: the others still carry their kernels. */
const mostLeftOut = 4000;
/** A kernel's value below which it is not squared on: what it would add is less than rounding. */
const vanished = 1e-100;

/** Rows as independent standard features, their weights (sum 1), and factors in steps of 2^(1/4), rising. */
export interface LeaveOneOut {
  readonly rows: Matrix;
  readonly weights: Float64Array;
  readonly factors: readonly number[];
}

/**
 * The mean over rows of log p(row) under the kernels of the other rows, for each factor h, in nats:
 * log sum_{j != i} w_j / (1 - w_i) N(x_i; x_j, h^2 I), taken relative to the nearest neighbour so that nothing underflows.
 *
 * Widening the variance by 2 is a square root of the kernel's value, so all factors come from two exponentials and squarings.
 * Yields after each row, for who wants to breathe. Source: Habbema, Hermans and Van den Broek (1974); Silverman (1986), eq. 3.43.
 */
export function* leaveOneOut({ rows, weights, factors }: LeaveOneOut): Generator<void, number[]> {
  const totals = factors.map(() => 0);
  const distances = new Float64Array(rows.n);
  const stride = Math.ceil(rows.n / mostLeftOut);
  let count = 0;
  for (let i = 0; i < rows.n; i += stride, count++) {
    const nearest = measureFrom(rows, i, distances);
    const sums = kernelSums(distances, weights, i, nearest, factors);
    for (const [k, h] of factors.entries())
      totals[k]! += Math.log(sums[k]! / (1 - weights[i]!)) - nearest / (2 * h * h) - rows.features * Math.log(h * Math.sqrt(2 * Math.PI));
    yield;
  }
  return totals.map((total) => total / count);
}

/** Squared distances from row i; gives the least of the others. */
function measureFrom({ data, n, features: d }: Matrix, i: number, distances: Float64Array): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let j = 0; j < n; j++) {
    let total = 0;
    for (let k = 0; k < d; k++) {
      const e = data[i * d + k]! - data[j * d + k]!;
      total += e * e;
    }
    distances[j] = total;
    if (j !== i && total < nearest) nearest = total;
  }
  return nearest;
}

/** sum_{j != i} w_j exp((nearest - distance_j) / (2 h^2)) for each factor h. */
function kernelSums(distances: Float64Array, weights: Float64Array, i: number, nearest: number, factors: readonly number[]): Float64Array {
  const sums = new Float64Array(factors.length);
  for (const top of [factors.length - 1, factors.length - 2]) {
    const rate = 1 / (2 * factors[top]! ** 2);
    for (let j = 0; j < distances.length; j++) {
      if (j === i) continue;
      let value = Math.exp((nearest - distances[j]!) * rate);
      for (let k = top; k >= 0 && value > vanished; k -= 2) {
        sums[k]! += weights[j]! * value;
        value *= value;
      }
    }
  }
  return sums;
}
