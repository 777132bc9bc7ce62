/** Log-density of N(mean, sd²). */
export const normalLogDensity = (x: number, mean: number, sd: number): number =>
  -0.5 * ((x - mean) / sd) ** 2 - Math.log(sd) - 0.5 * Math.log(2 * Math.PI);

/** log of the mean of exp(values[0..n-1]), safe against overflow; -Infinity where all are. */
export function logMeanExp(values: Float64Array): number {
  if (values.length === 1) return values[0]!;
  let top = Number.NEGATIVE_INFINITY;
  for (const value of values) top = Math.max(top, value);
  if (top === Number.NEGATIVE_INFINITY) return top;
  let total = 0;
  for (const value of values) total += Math.exp(value - top);
  return top + Math.log(total / values.length);
}
