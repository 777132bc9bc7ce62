import { fail } from "@flows/core/author";
import { checkedValues } from "../rows.js";
import { meanOf, varianceOf } from "../statistics/moments.js";
import { studentTails } from "../statistics/tails.js";

/** A mean with its standard error. */
export interface Estimate {
  readonly mean: number;
  readonly standardError: number;
}

/** A paired difference, and how likely one as large is by chance. */
export interface PairedDifference extends Estimate {
  readonly pValue: number;
}

/** The mean of some numbers, with divisor n - 1 in its standard error. At least two numbers. */
export function estimate(values: ArrayLike<number>): Estimate {
  const numbers = checkedValues("estimate", "values", values, 2);
  return { mean: meanOf(numbers), standardError: Math.sqrt(varianceOf(numbers) / (numbers.length - 1)) };
}

/**
 * The mean of a - b over the same rows, with Student's paired test.
 *
 * Two models' log-densities vary together from row to row, so their paired difference is far more exact than either mean.
 * Throws FlowsError: "shape" for lists of different length, "data" for fewer than two rows and numbers that are not finite.
 *
 * @example
 * const { mean, standardError, pValue } = pairedDifference(await score(ours, heldOut), await score(theirs, heldOut));
 */
export function pairedDifference(a: ArrayLike<number>, b: ArrayLike<number>): PairedDifference {
  if (a.length !== b.length)
    fail("shape", "pairedDifference", `got ${a.length} and ${b.length} numbers. Score the same rows with both models.`);
  const found = estimate(Float64Array.from(a, (value, i) => value - b[i]!));
  const pValue = found.standardError > 0 ? studentTails(found.mean / found.standardError, a.length - 1) : Number(found.mean === 0);
  return { ...found, pValue };
}
