import { expectFigure } from "../check.js";
import { regularizedGamma } from "./gamma.js";
import { rootOf } from "./root.js";

/** P(X <= x) for X chi-square with so many degrees of freedom. */
export const chiSquareCdf = (x: number, degrees: number): number => regularizedGamma(degrees / 2, x / 2);

/** The chi-square quantile at p in (0, 1); for two degrees of freedom -2 log(1 - p), exactly. */
export function chiSquareQuantile(p: number, degrees: number): number {
  expectFigure(p > 0 && p < 1, "chiSquareQuantile", `p must lie between 0 and 1, got ${p}.`);
  expectFigure(degrees > 0, "chiSquareQuantile", `degrees of freedom must be positive, got ${degrees}.`);
  if (degrees === 2) return -2 * Math.log1p(-p);
  let high = degrees + 10;
  while (chiSquareCdf(high, degrees) < p && high < 1e6 * degrees) high *= 2;
  return rootOf((x) => chiSquareCdf(x, degrees) - p, 0, high);
}
