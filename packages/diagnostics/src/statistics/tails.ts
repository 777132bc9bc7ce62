import betainc from "@stdlib/math-base-special-betainc";
import erfc from "@stdlib/math-base-special-erfc";
import gammainc from "@stdlib/math-base-special-gammainc";
import gammaincinv from "@stdlib/math-base-special-gammaincinv";

/** P(X <= x) for X chi-square with so many degrees of freedom. */
export const chiSquareCdf = (x: number, degrees: number): number => (x <= 0 ? 0 : gammainc(x / 2, degrees / 2));

/** P(X >= x) for X chi-square with so many degrees of freedom. */
export const chiSquareTail = (x: number, degrees: number): number => (x <= 0 ? 1 : gammainc(x / 2, degrees / 2, true, true));

/** The x that chi-square stays below with probability p. */
export const chiSquareQuantile = (p: number, degrees: number): number => 2 * gammaincinv(p, degrees / 2);

/** P(Z <= z) for Z standard normal. */
export const normalCdf = (z: number): number => 0.5 * erfc(-z / Math.SQRT2);

/** P(|Z| >= |z|) for Z standard normal. */
export const normalTails = (z: number): number => erfc(Math.abs(z) / Math.SQRT2);

/** P(K >= k) for K binomial: how often so many or more of n succeed. */
export function binomialTail(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  if (k > n) return 0;
  return betainc(p, k, n - k + 1);
}

/** How likely a binomial count is as far out as k, in either direction: twice the smaller tail. */
export const binomialTails = (k: number, n: number, p: number): number =>
  Math.min(1, 2 * Math.min(binomialTail(k, n, p), 1 - binomialTail(k + 1, n, p)));

/** P(|T| >= |t|) for T Student's with so many degrees of freedom. */
export const studentTails = (t: number, degrees: number): number => betainc(degrees / (degrees + t * t), degrees / 2, 0.5);
