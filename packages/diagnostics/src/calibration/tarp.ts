import { checkSeed, fail, uniforms } from "@flows/core/author";
import { type CheckedPosterior, checkedPosterior, type Posterior, ranksOf } from "./posterior.js";
import { type RankCheck, rankCheck } from "./rank-check.js";
import type { CalibrationOptions } from "./sbc.js";

/**
 * TARP: how many draws lie nearer to a random reference point than the truth does, which is uniform where the posteriors are right.
 *
 * Reference points are uniform in the box of all truths, distances are Euclidean with that box as unit cube. It sees every parameter
 * at once and needs no density. `coverage` is the expected coverage probability by credibility. Ranks are tested by Anderson and
 * Darling's A². It is blind to a posterior that has learned nothing: the prior itself passes, since reference points know no data. It sees
 * a bias late: half a standard deviation in 120 truths passes four times in five, where `sbc` finds it.
 * Throws FlowsError: "shape", and "data" for fewer than 10 truths, no draws, and a parameter whose truths are all the same.
 * Source: Lemos, Coogan, Hezaveh and Perreault-Levasseur (2023), Sampling-based accuracy testing of posterior estimators for general
 * inference, algorithm 2. https://arxiv.org/abs/2302.03026
 *
 * @example
 * const { pValue, coverage } = tarp(await posteriorDraws(model, { truths, contexts, draws: 99 }));
 */
export function tarp(posterior: Posterior, { seed = 0 }: CalibrationOptions = {}): RankCheck {
  checkSeed(seed, "tarp");
  const all = checkedPosterior("tarp", posterior);
  const sides = Array.from({ length: all.parameters }, (_, parameter) => sideOf(all, parameter));
  const reference = uniforms(seed, 0, all.n, all.parameters, "reference");
  const distance = (row: number, value: (parameter: number) => number): number =>
    sides.reduce((sum, { low, size }, k) => sum + ((value(k) - low) / size - reference[row * sides.length + k]!) ** 2, 0);
  const ranks = ranksOf(
    all,
    seed,
    (row) => distance(row, (k) => all.truth(row, k)),
    (row, draw) => distance(row, (k) => all.draw(row, draw, k)),
  );
  return rankCheck(ranks);
}

/** One side of the box of all truths. */
function sideOf({ n, truth }: CheckedPosterior, parameter: number): { readonly low: number; readonly size: number } {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = 0; row < n; row++) [low, high] = [Math.min(low, truth(row, parameter)), Math.max(high, truth(row, parameter))];
  if (low < high) return { low, size: high - low };
  return fail("data", "tarp", `the truths of parameter ${parameter} are all ${low}, so there is nothing to cover. Leave it out.`);
}
