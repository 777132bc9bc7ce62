import type { RowsLike } from "@flows/core";
import { wholeNumber } from "@flows/core/author";
import { nearestNeighbours } from "./nearest-neighbours.js";
import { type PermutationOptions, type PermutationResult, permutationTest } from "./permutation-test.js";
import { type Pooled, pooled } from "./pooled.js";

export interface C2stOptions extends PermutationOptions {
  /** An odd number of neighbours that vote. Default 5. */
  readonly neighbours?: number | undefined;
}

export interface C2stResult extends PermutationResult {
  /** The share of rows whose sample is told rightly: 0.5 where the samples are alike, 1 where they lie apart. */
  readonly accuracy: number;
  /** What to beware of, with what to do; empty where there is nothing. */
  readonly warnings: readonly string[];
}

/**
 * A classifier two-sample test: can a classifier tell which of two samples a row comes from?
 *
 * The classifier votes among the nearest other rows (leave-one-out cross-validation of k nearest neighbours), each sample's votes
 * weighed by its size; the statistic is its accuracy, balanced over the two samples. The p-value is by permutation of the labels.
 * Columns count by their scale: standardise them first. Time grows with the square of the rows; at most 6,000 in all.
 * Throws FlowsError: "shape" for different columns, "data" for fewer than 10 rows of a sample and for rows that are all the same.
 * Source: Lopez-Paz and Oquab (2017), Revisiting classifier two-sample tests, section 3. https://arxiv.org/abs/1610.06545
 *
 * @example
 * const { accuracy, pValue } = c2st(heldOut, await draw(model, 1000));
 */
export function c2st(a: RowsLike, b: RowsLike, { neighbours = 5, ...options }: C2stOptions = {}): C2stResult {
  const pool = pooled("c2st", a, b);
  wholeNumber("c2st", "neighbours", neighbours, 1, pool.count - 1);
  const near = nearestNeighbours(pool, neighbours);
  const result = permutationTest("c2st", pool, (members) => accuracyOf(pool, near, neighbours, members), options);
  return { ...result, accuracy: result.statistic, warnings: result.statistic === 1 ? [apart] : [] };
}

const apart =
  "The classifier tells the two samples apart without one error, so its accuracy says no more how far apart they are. Look for a column in other units, rounded in one sample only or constant in one; energyDistance and mmd still measure.";

/** The mean of both samples' shares of rows that the vote of their neighbours tells rightly. */
function accuracyOf({ first, count }: Pooled, near: Int32Array, neighbours: number, members: Int32Array): number {
  const inFirst = new Uint8Array(count);
  for (const row of members) inFirst[row] = 1;
  // The share of votes that an uninformed neighbourhood gives to the first sample.
  const even = (neighbours * first) / count;
  const right = [0, 0];
  for (let row = 0, at = 0; row < count; row++) {
    let votes = 0;
    for (const end = at + neighbours; at < end; at++) votes += inFirst[near[at]!]!;
    const own = inFirst[row]!;
    if (votes === even) right[own]! += 0.5;
    else if (votes > even === (own === 1)) right[own]! += 1;
  }
  return 0.5 * (right[1]! / first + right[0]! / (count - first));
}
