import betaincinv from "@stdlib/math-base-special-betaincinv";
import gammainc from "@stdlib/math-base-special-gammainc";
import gammaincinv from "@stdlib/math-base-special-gammaincinv";
import { expectFigure } from "../check.js";

/** P(X <= x) for X chi-square with so many degrees of freedom. */
export const chiSquareCdf = (x: number, degrees: number): number => (x <= 0 ? 0 : gammainc(x / 2, degrees / 2));

/** The chi-square quantile at p in (0, 1). */
export function chiSquareQuantile(p: number, degrees: number): number {
  expectFigure(p > 0 && p < 1, "chiSquareQuantile", `p must lie between 0 and 1, got ${p}.`);
  expectFigure(degrees > 0, "chiSquareQuantile", `degrees of freedom must be positive, got ${degrees}.`);
  return 2 * gammaincinv(p, degrees / 2);
}

/** The quantile of the `rank`-th smallest of `count` uniform numbers, which is Beta(rank, count + 1 - rank), at p. */
export const orderQuantile = (p: number, rank: number, count: number): number => betaincinv(p, rank, count + 1 - rank);
