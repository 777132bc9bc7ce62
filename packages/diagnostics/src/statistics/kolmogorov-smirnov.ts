import type { TestResult } from "./test-result.js";

/**
 * Whether values follow a continuous distribution: D = sup |F_n - F|, with the limit law of D sqrt(n) corrected for small n.
 *
 * From 10 values on the p-value is right within 5% of itself down to 0.01, and too large by at most 20% down to 0.001.
 * Source: Kolmogorov (1933); the correction sqrt(n) + 0.12 + 0.11 / sqrt(n) is Stephens (1970), JRSS B 32.
 */
export function kolmogorovSmirnov(values: ArrayLike<number>, cdf: (value: number) => number): TestResult {
  const n = values.length;
  const sorted = Float64Array.from(values).sort();
  let statistic = 0;
  sorted.forEach((value, i) => {
    const p = cdf(value);
    statistic = Math.max(statistic, (i + 1) / n - p, p - i / n);
  });
  const root = Math.sqrt(n);
  return { statistic, pValue: kolmogorovTail((root + 0.12 + 0.11 / root) * statistic) };
}

/** P(K >= x) of Kolmogorov's law: 2 sum (-1)^(j-1) exp(-2 j² x²), and by its theta transform where that converges slowly. */
export function kolmogorovTail(x: number): number {
  if (x <= 0) return 1;
  if (x > 1) return 2 * series((j) => -((-1) ** j) * Math.exp(-2 * j * j * x * x));
  const below = series((j) => Math.exp(-(((2 * j - 1) * Math.PI) ** 2) / (8 * x * x)));
  return 1 - (Math.sqrt(2 * Math.PI) / x) * below;
}

/** Five terms are exact to rounding on either side of 1. */
const series = (term: (j: number) => number): number => [1, 2, 3, 4, 5].reduce((sum, j) => sum + term(j), 0);
