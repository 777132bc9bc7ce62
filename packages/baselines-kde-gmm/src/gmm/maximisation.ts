import { type Covariance, mixtureOf } from "./covariance.js";
import type { Mixture } from "./mixture.js";
import type { Sums } from "./sums.js";

/** Keeps a component without rows defined, as scikit-learn does. */
const least = 10 * Number.EPSILON;

/** What an M-step is told beside the sums. */
export interface Kind {
  readonly covariance: Covariance;
  /** Added to the variance of every feature, [d]. */
  readonly floor: Float64Array;
}

/**
 * The M-step: weights, means and covariances that maximise the expected log-likelihood, the floor added to every variance.
 * Moments are taken around the old means, so that nothing cancels near convergence. Source: Bishop (2006), eq. 9.24 to 9.26.
 */
export function maximisation(where: string, { counts, shifts, squares }: Sums, means: Float64Array, kind: Kind): Mixture {
  const d = kind.floor.length;
  const rows = counts.map((count) => count + least);
  const total = rows.reduce((sum, count) => sum + count, 0);
  const shares = rows.map((count) => count / total);
  const moved = shifts.map((shift, i) => shift / rows[Math.floor(i / d)]!);
  const centred = squares.map((square, i) => {
    const [c, a, b] = [Math.floor(i / (d * d)), Math.floor(i / d) % d, i % d];
    return square / rows[c]! - moved[c * d + a]! * moved[c * d + b]!;
  });
  const own = Array.from(rows, (_, c) => centred.subarray(c * d * d, (c + 1) * d * d));
  const covariances = covariancesOf({ d, covariances: own, shares }, kind);
  return mixtureOf(where, { weights: shares, means: means.map((mean, i) => mean + moved[i]!), covariances }, d);
}

/** Maximum-likelihood covariances by component, [d, d] each with the lower triangle filled, and the share of the rows that each has. */
interface Own {
  readonly d: number;
  readonly covariances: readonly Float64Array[];
  readonly shares: Float64Array;
}

/** The entry (a, b), a >= b, of component c's covariance, for each kind. */
const entries: Readonly<Record<Covariance, (own: Own, c: number, a: number, b: number) => number>> = {
  full: ({ covariances, d }, c, a, b) => covariances[c]![a * d + b]!,
  diagonal: ({ covariances, d }, c, a, b) => (a === b ? covariances[c]![a * d + a]! : 0),
  tied: ({ covariances, shares, d }, _c, a, b) => covariances.reduce((sum, one, c) => sum + shares[c]! * one[a * d + b]!, 0),
  spherical: ({ covariances, d }, c, a, b) => (a === b ? trace(covariances[c]!, d) / d : 0),
};

const trace = (matrix: Float64Array, d: number): number => {
  let total = 0;
  for (let a = 0; a < d; a++) total += matrix[a * d + a]!;
  return total;
};

/** The covariances of a kind with the floor, [k, d, d]. */
function covariancesOf(own: Own, { covariance, floor }: Kind): Float64Array {
  const { d } = own;
  return new Float64Array(own.shares.length * d * d).map((_, i) => {
    const [c, row, column] = [Math.floor(i / (d * d)), Math.floor(i / d) % d, i % d];
    const value = entries[covariance](own, c, Math.max(row, column), Math.min(row, column));
    return row === column ? value + floor[row]! : value;
  });
}
