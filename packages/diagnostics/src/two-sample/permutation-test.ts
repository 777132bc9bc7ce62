import { checkSeed, fail, shuffled, wholeNumber } from "@flows/core/author";
import type { TestResult } from "../statistics/test-result.js";

export interface PermutationOptions {
  /** How often the rows are dealt anew; the least p-value is 1 / (permutations + 1). Default 199. */
  readonly permutations?: number | undefined;
  /** Of the dealing. Default 0. */
  readonly seed?: number | undefined;
}

/** A statistic, how likely one as large is when both samples have one source, and how that was counted. */
export interface PermutationResult extends TestResult {
  readonly permutations: number;
  readonly seed: number;
}

/**
 * Deals all rows to the two samples anew and counts how often the statistic is at least as large: p = (1 + those) / (1 + permutations).
 * The statistic gets the numbers of the first sample's rows, in ascending order.
 *
 * Under the hypothesis that both samples come from one source, P(p <= a) is at most a, whatever the statistic is.
 * Source: Phipson and Smyth (2010), Permutation p-values should never be zero. https://arxiv.org/abs/1603.05766
 */
export function permutationTest(
  where: string,
  { first, count }: { readonly first: number; readonly count: number },
  statisticOf: (members: Int32Array) => number,
  { permutations = 199, seed = 0 }: PermutationOptions,
): PermutationResult {
  wholeNumber(where, "permutations", permutations, 19, 100_000);
  checkSeed(seed, where);
  const statistic = statisticOf(Int32Array.from({ length: first }, (_, i) => i));
  if (!Number.isFinite(statistic))
    fail("nonfinite", where, `the statistic is ${statistic}, which has no p-value. Look for rows far from all others.`);
  let asLarge = 0;
  for (let turn = 0; turn < permutations; turn++) {
    const members = shuffled(count, seed, turn, "permutation").subarray(0, first).sort();
    // Rounding may not decide between equal statistics.
    if (statisticOf(members) >= statistic - 1e-9 * Math.abs(statistic)) asLarge++;
  }
  return { statistic, pValue: (1 + asLarge) / (1 + permutations), permutations, seed };
}
