import { fail } from "@flows/core/author";
import { checkedValues } from "../rows.js";
import { meanOf } from "../statistics/moments.js";

/**
 * Typicality of every row, |-log p(x) - H| with H the mean of -log p over rows of the data: how far a row lies from the typical set.
 *
 * In high dimensions samples avoid the densest place: a row that is far too likely is as strange as one that is far too unlikely.
 * Give the log-densities of training or held-out rows as reference, not those that are judged.
 * Source: Nalisnick, Matsukawa, Teh and Lakshminarayanan (2019), Detecting out-of-distribution inputs to deep generative models using
 * typicality, eq. 4 with batches of one. https://arxiv.org/abs/1906.02994
 *
 * @example
 * const detector = outlierDetector(typicalityScores(heldOutLogProb, trainingLogProb), 0.01);
 * const flags = detector.flags(typicalityScores(logProb, trainingLogProb));
 */
export function typicalityScores(logProb: ArrayLike<number>, reference: ArrayLike<number>): Float64Array {
  const entropy = -meanOf(checkedValues("typicalityScores", "the reference's log-densities", reference));
  return Float64Array.from(logProb, (value) => Math.abs(-value - entropy));
}

/**
 * Likelihood ratio of every row, log p_background(x) - log p(x): high where a row is explained by what all data share rather than by
 * what the model knows.
 *
 * The background is a model of the same columns that knows less: one of general data, of noisy rows, or a single Gaussian.
 * Throws FlowsError "shape" for lists of different length.
 * Source: Ren et al. (2019), Likelihood ratios for out-of-distribution detection, eq. 3. https://arxiv.org/abs/1906.02845
 *
 * @example
 * const scores = likelihoodRatioScores(await score(model, rows), await score(background, rows));
 */
export function likelihoodRatioScores(logProb: ArrayLike<number>, background: ArrayLike<number>): Float64Array {
  if (logProb.length !== background.length)
    fail(
      "shape",
      "likelihoodRatioScores",
      `got ${logProb.length} log-densities of the model and ${background.length} of the background. Score the same rows.`,
    );
  return Float64Array.from(logProb, (value, i) => background[i]! - value);
}
