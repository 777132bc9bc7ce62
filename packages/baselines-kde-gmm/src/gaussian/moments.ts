import { fail } from "@flows/core/author";
import type { Matrix } from "../matrix.js";

/** The weighted mean and covariance of rows. */
export interface Moments {
  readonly mean: Float64Array;
  /** [d, d], whole. */
  readonly covariance: Float64Array;
}

/**
 * mean = sum w x, covariance = sum w (x - mean)(x - mean)^T / (1 - sum w^2) with weights normalised to 1: the divisor n - 1
 * where they are equal, and numpy's `aweights` elsewhere.
 */
export function momentsOf({ data, n, features: d }: Matrix, weights: Float64Array): Moments {
  const mean = new Float64Array(d);
  const covariance = new Float64Array(d * d);
  for (let i = 0; i < n; i++) for (let a = 0; a < d; a++) mean[a]! += weights[i]! * data[i * d + a]!;
  for (let i = 0; i < n; i++)
    for (let a = 0; a < d; a++) {
      const e = weights[i]! * (data[i * d + a]! - mean[a]!);
      for (let b = 0; b < d; b++) covariance[a * d + b]! += e * (data[i * d + b]! - mean[b]!);
    }
  const divisor = 1 - weights.reduce((sum, w) => sum + w * w, 0);
  return { mean, covariance: covariance.map((value) => value / divisor) };
}

/** The columns' variances; refuses a constant column, which has no density. */
export function variancesOf(where: string, { mean, covariance }: Moments): Float64Array {
  const d = mean.length;
  const variances = mean.map((_, k) => covariance[k * d + k]!);
  // What rounding leaves of a constant counts as none.
  const flat = variances.findIndex((variance, k) => !(variance > (1e-12 * mean[k]!) ** 2));
  if (flat >= 0) fail("data", where, `column ${flat} is constant at ${mean[flat]}, so it has no density. Leave it out.`);
  return variances;
}
