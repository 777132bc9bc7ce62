import { normalQuantile } from "@flows/core/author";
import betainc from "@stdlib/math-base-special-betainc";
import erfc from "@stdlib/math-base-special-erfc";
import gammainc from "@stdlib/math-base-special-gammainc";
import gammaincinv from "@stdlib/math-base-special-gammaincinv";
import { gammaDensity, incompleteGamma } from "./incomplete-gamma.js";

/** Up to here @stdlib's incomplete gamma functions are right; from about 1,900 on they are wrong by percents. */
const few = 1000;

/** P(X <= x) for X chi-square with so many degrees of freedom. */
export function chiSquareCdf(x: number, degrees: number): number {
  if (x <= 0) return 0;
  return degrees > few ? incompleteGamma(degrees / 2, x / 2).lower : gammainc(x / 2, degrees / 2);
}

/** P(X >= x) for X chi-square with so many degrees of freedom. */
export function chiSquareTail(x: number, degrees: number): number {
  if (x <= 0) return 1;
  return degrees > few ? incompleteGamma(degrees / 2, x / 2).upper : gammainc(x / 2, degrees / 2, true, true);
}

/** The x that chi-square stays below with probability p. */
export const chiSquareQuantile = (p: number, degrees: number): number =>
  degrees > few ? quantileByNewton(p, degrees) : 2 * gammaincinv(p, degrees / 2);

/** From Wilson and Hilferty's approximation, which is right to four digits there. */
function quantileByNewton(p: number, degrees: number): number {
  const spread = 2 / (9 * degrees);
  let x = degrees * (1 - spread + normalQuantile(p) * Math.sqrt(spread)) ** 3;
  for (let turn = 0; turn < 4; turn++) x -= (chiSquareCdf(x, degrees) - p) / (0.5 * gammaDensity(degrees / 2, x / 2));
  return x;
}

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
