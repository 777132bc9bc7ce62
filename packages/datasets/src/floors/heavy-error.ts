/** The mean of values, with what its distance from the true mean may be. */
export interface MeanWithError {
  readonly mean: number;
  /** 0 of values that are all the same; Infinity where the mean is. */
  readonly standardError: number;
}

/** Most of what a tail without a mean may count. */
const most = 21;

/**
 * The mean with a standard error that holds for heavy tails too: beside the usual s / sqrt(n) it counts what lies beyond the farthest value, which no
 * sample shows. With a the tail index of the sqrt(n) farthest values, that is their expected share of the mean, farthest / n · a / (a - 1); the two add as
 * squares. Where tails are light the second is nothing.
 *
 * Source: Hill (1975), A Simple General Approach to Inference About the Tail of a Distribution, eq. 2.3.
 */
export function meanWithError(values: ArrayLike<number>): MeanWithError {
  const n = values.length;
  const numbers = Float64Array.from(values);
  const mean = numbers.reduce((total, value) => total + value, 0) / n;
  if (!Number.isFinite(mean)) return { mean, standardError: Number.POSITIVE_INFINITY };
  const distances = numbers.map((value) => Math.abs(value - mean)).sort();
  const squares = distances.reduce((total, distance) => total + distance * distance, 0);
  return { mean, standardError: Math.hypot(Math.sqrt(squares / (n - 1) / n), beyond(distances)) };
}

/** The share of the mean beyond the largest of sorted distances. */
function beyond(distances: Float64Array): number {
  const n = distances.length;
  const farthest = distances[n - 1]!;
  if (farthest === 0) return 0;
  const count = Math.min(n - 1, Math.max(10, Math.floor(Math.sqrt(n))));
  const start = distances[n - 1 - count]!;
  const steepness = distances.subarray(n - count).reduce((sum, distance) => sum + Math.log(distance / start), 0) / count;
  // The index is 1 / steepness, and a / (a - 1) is 1 / (1 - steepness).
  return (farthest / n) * Math.min(most, steepness < 1 ? 1 / (1 - steepness) : most);
}
