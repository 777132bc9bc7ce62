import type { RowsLike } from "@flows/core";
import { fail, finiteNumber } from "@flows/core/author";
import { medianOf } from "../statistics/moments.js";
import { changed, type PairTable, pairSums, pairTable } from "./pair-table.js";
import { type PermutationOptions, type PermutationResult, permutationTest } from "./permutation-test.js";
import { inUnits, pooled } from "./pooled.js";

export interface MmdOptions extends PermutationOptions {
  /** The kernel's sd, in the columns' units. Default the median distance of two rows. */
  readonly bandwidth?: number | undefined;
}

export interface MmdResult extends PermutationResult {
  readonly bandwidth: number;
}

/**
 * The squared maximum mean discrepancy of two samples under the kernel exp(-|x - y|² / (2 bandwidth²)), with its permutation p-value.
 *
 * The estimate is unbiased, so it may be slightly below 0: E k(X, X') + E k(Y, Y') - 2 E k(X, Y) over pairs of different rows.
 * Columns count by their scale: standardise them first. Time and memory grow with the square of the rows; at most 6,000 in all.
 * Throws FlowsError: "shape" for different columns, "data" for fewer than 10 rows of a sample, and where more than half of all pairs
 * are duplicates, whose median distance is 0.
 * Source: Gretton et al. (2012), A kernel two-sample test, JMLR 13, eq. 3; the median heuristic is its section 8.
 *
 * @example
 * const { statistic, pValue } = mmd(heldOut, await draw(model, 500));
 */
export function mmd(a: RowsLike, b: RowsLike, options: MmdOptions = {}): MmdResult {
  const pool = pooled("mmd", a, b);
  const distances = pairTable(pool, Math.sqrt);
  const bandwidth =
    options.bandwidth === undefined
      ? medianDistance(distances)
      : finiteNumber("mmd", "bandwidth", options.bandwidth, { above: 0 }) / pool.unit;
  const table = changed(distances, (distance) => Math.exp(-0.5 * (distance / bandwidth) ** 2));
  const [n, m] = [pool.first, pool.count - pool.first];
  const statistic = (members: Int32Array): number => {
    const { first, second, across } = pairSums(table, members);
    return (2 * first) / (n * (n - 1)) + (2 * second) / (m * (m - 1)) - (2 * across) / (n * m);
  };
  const tested = permutationTest("mmd", pool, statistic, options);
  return { ...tested, bandwidth: options.bandwidth ?? inUnits("mmd", "bandwidth", bandwidth * pool.unit) };
}

/** The median distance of at most about 500,000 pairs, evenly taken. */
function medianDistance({ pairs }: PairTable): number {
  const every = Math.ceil((pairs.length * (pairs.length - 1)) / 1_000_000);
  const taken: number[] = [];
  let pair = 0;
  for (const row of pairs) for (let j = 0; j < row.length; j++) if (pair++ % every === 0) taken.push(row[j]!);
  const median = medianOf(taken);
  if (median > 0) return median;
  return fail(
    "data",
    "mmd",
    "more than half of all pairs of rows are duplicates, or as near as that beside rows far off, so their median distance is 0. Give a bandwidth, or fewer duplicates.",
  );
}
