import type { TestResult } from "./test-result.js";

/**
 * Whether numbers of (0, 1) are uniform: A² = -n - sum (2i - 1) (log u_i + log(1 - u_(n+1-i))) / n, over sorted u.
 *
 * Beside Kolmogorov and Smirnov's largest gap it weighs the ends, so it sees what is too narrow or too wide as well as what is moved.
 * The p-value is right to 1e-3 from 8 numbers on; far out it is the law's exponential tail, exp(-A²) up to a factor.
 * Source: Anderson and Darling (1954), JASA 49; its law by Marsaglia and Marsaglia (2004), Evaluating the Anderson-Darling
 * distribution, J. Stat. Software 9(2).
 */
export function andersonDarling(uniform: ArrayLike<number>): TestResult {
  const sorted = Float64Array.from(uniform).sort();
  const n = sorted.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += (2 * i + 1) * (Math.log(sorted[i]!) + Math.log1p(-sorted[n - 1 - i]!));
  const statistic = -n - sum / n;
  return { statistic, pValue: tail(statistic, n) };
}

/** From here on the law is its own exponential tail. */
const far = 10;

/** P(A² >= a) for n numbers. */
function tail(a: number, n: number): number {
  if (a > far) return tail(far, n) * Math.exp(far - a);
  const limit = limitTail(a);
  return Math.min(1, Math.max(0, limit - correction(1 - limit, n)));
}

const polynomial = (x: number, ...coefficients: number[]): number => coefficients.reduceRight((sum, c) => sum * x + c, 0);

/** For n without end. */
function limitTail(a: number): number {
  if (a <= 0) return 1;
  if (a < 2)
    return 1 - (Math.exp(-1.2337141 / a) / Math.sqrt(a)) * polynomial(a, 2.00012, 0.247105, -0.0649821, 0.0347962, -0.011672, 0.00168691);
  return -Math.expm1(-Math.exp(polynomial(a, 1.0776, -2.30695, 0.43424, -0.082433, 0.008056, -0.0003146)));
}

/** What few numbers add to the limit x. */
function correction(x: number, n: number): number {
  if (x > 0.8) return polynomial(x, -130.2137, 745.2337, -1705.091, 1950.646, -1116.36, 255.7844) / n;
  const c = 0.01265 + 0.1757 / n;
  if (x < c) {
    const t = x / c;
    return Math.sqrt(t) * (1 - t) * (49 * t - 102) * (0.0037 / n ** 3 + 0.00078 / n ** 2 + 0.00006 / n);
  }
  const t = (x - c) / (0.8 - c);
  return polynomial(t, -0.00022633, 6.54034, -14.6538, 14.458, -8.259, 1.91864) * (0.04213 / n + 0.01365 / n ** 2);
}
