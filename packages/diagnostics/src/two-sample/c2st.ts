import type { RowsLike } from "@flows/core";
import { checkSeed, oneOf, wholeNumber } from "@flows/core/author";
import type { TestResult } from "../statistics/test-result.js";
import { crossValidated } from "./cross-validated.js";
import { neighbourVote } from "./neighbour-vote.js";
import type { PermutationOptions } from "./permutation-test.js";
import { pooled } from "./pooled.js";

export interface C2stOptions extends PermutationOptions {
  /** "network", the field's own and the default, or "neighbours", which needs no backend and is quick on many columns. */
  readonly classifier?: "network" | "neighbours" | undefined;
  /** How many neighbours vote. Default 5. */
  readonly neighbours?: number | undefined;
  /** Stops the networks' training with FlowsError "aborted". */
  readonly signal?: AbortSignal | undefined;
}

export interface C2stResult extends TestResult {
  /** The share of rows whose sample is told rightly: 0.5 where the samples are alike, 1 where they lie apart. */
  readonly accuracy: number;
  readonly classifier: "network" | "neighbours";
  readonly seed: number;
  /** What to beware of, with what to do; empty where there is nothing. */
  readonly warnings: readonly string[];
}

/**
 * A classifier two-sample test: can a classifier tell which of two samples a row comes from? The statistic is its accuracy on rows that
 * it was not trained on, balanced over the two samples.
 *
 * "network" is the protocol of the field (sbi 0.27, `c2st` with its MLP): a network of two hidden layers of 10 units a column, columns in
 * units of the first sample, five-fold cross-validation, Adam until a tenth held back is told no better. Its scores compare with published
 * ones. It runs on the active backend; the p-value is by the normal law, with the variance that shared training rows give. Time grows with
 * the rows and the square of the columns.
 * "neighbours" is a vote of the nearest other rows, where equally near ones share the last votes; its p-value is by permutation of the
 * labels. Columns count by their scale: standardise them first. Time grows with the square of the rows.
 * At most 6,000 rows in all. The same seed gives the same result.
 * Throws FlowsError: "shape" for different columns, "data" for fewer than 10 rows of a sample and for rows that are all the same,
 * "config", "backend", "aborted", "nonfinite".
 * Source: Lopez-Paz and Oquab (2017), Revisiting classifier two-sample tests, section 3. https://arxiv.org/abs/1610.06545
 * The network's protocol: Lueckmann et al. (2021), Benchmarking simulation-based inference, appendix. https://arxiv.org/abs/2101.04653
 *
 * @example
 * const { accuracy, pValue } = await c2st(heldOut, await draw(model, 1000));
 */
export async function c2st(a: RowsLike, b: RowsLike, options: C2stOptions = {}): Promise<C2stResult> {
  const { classifier = "network", neighbours = 5, seed = 0, permutations, signal } = options;
  oneOf("c2st", "classifier", classifier, ["network", "neighbours"]);
  checkSeed(seed, "c2st");
  const pool = pooled("c2st", a, b);
  wholeNumber("c2st", "neighbours", neighbours, 1, pool.count - 1);
  const { statistic, pValue } =
    classifier === "network" ? await crossValidated(pool, { seed, signal }) : neighbourVote(pool, neighbours, { seed, permutations });
  return { statistic, pValue, accuracy: statistic, classifier, seed, warnings: statistic === 1 ? [apart] : [] };
}

const apart =
  "The classifier tells the two samples apart without one error, so its accuracy says no more how far apart they are. Look for a column in other units, rounded in one sample only or constant in one; energyDistance and mmd still measure.";
