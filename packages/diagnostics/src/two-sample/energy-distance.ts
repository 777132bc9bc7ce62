import type { RowsLike } from "@flows/core";
import { pairSums, pairTable } from "./pair-table.js";
import { type PermutationOptions, type PermutationResult, permutationTest } from "./permutation-test.js";
import { inUnits, pooled } from "./pooled.js";

/**
 * The energy distance of two samples, 2 E|X - Y| - E|X - X'| - E|Y - Y'|, with its permutation p-value.
 *
 * It is 0 only where both have the same distribution. The means are over all pairs, a row with itself counted too, so it is never negative.
 * Columns count by their scale: standardise them first. Time and memory grow with the square of the rows; at most 6,000 in all.
 * Throws FlowsError: "shape" for different columns, "data" for fewer than 10 rows of a sample, for rows that are all the same, and
 * for a distance beyond the largest double.
 * Source: Székely and Rizzo (2013), Energy statistics: a class of statistics based on distances, JSPI 143(8), eq. 2.1 and 6.1.
 *
 * @example
 * const { pValue } = energyDistance(heldOut, await draw(model, 500));
 */
export function energyDistance(a: RowsLike, b: RowsLike, options: PermutationOptions = {}): PermutationResult {
  const pool = pooled("energyDistance", a, b);
  const table = pairTable(pool, Math.sqrt);
  const [n, m] = [pool.first, pool.count - pool.first];
  const statistic = (members: Int32Array): number => {
    const { first, second, across } = pairSums(table, members);
    return (2 * across) / (n * m) - (2 * first) / n ** 2 - (2 * second) / m ** 2;
  };
  const tested = permutationTest("energyDistance", pool, statistic, options);
  return { ...tested, statistic: inUnits("energyDistance", "statistic", tested.statistic * pool.unit) };
}
