import { checkSeed } from "@flows/core/author";
import { smallestOf } from "../statistics/test-result.js";
import { checkedPosterior, type Posterior, ranksOf } from "./posterior.js";
import { type RankCheck, rankCheck } from "./rank-check.js";

/** Simulation-based calibration, parameter by parameter. */
export interface SbcResult {
  /** `spread` above 1: too narrow a posterior, below 1: too wide a one; `mean` above 0.5: it lies too low, below 0.5: too high. */
  readonly parameters: readonly RankCheck[];
  /** Of all parameters together. */
  readonly pValue: number;
}

export interface CalibrationOptions {
  /** Of what is drawn at random: the order of equal values, reference points. Default 0. */
  readonly seed?: number | undefined;
}

/**
 * Simulation-based calibration: every truth's rank among its posterior's draws, which is uniform where the posteriors are right.
 *
 * The truths are draws of the prior and the posteriors those of data simulated from them. Without a context it ranks the columns of
 * held-out rows among samples of the model. It looks at one parameter at a time: use `tarp` for how they vary together.
 * Ranks are tested by Anderson and Darling's A²; the p-value takes the worst parameter, times their number.
 * Throws FlowsError: "shape", and "data" for fewer than 10 truths or no draws.
 * Source: Talts, Betancourt, Simpson, Vehtari and Gelman (2018), Validating Bayesian inference algorithms with simulation-based
 * calibration. https://arxiv.org/abs/1804.06788
 *
 * @example
 * const { pValue, parameters } = sbc(await posteriorDraws(model, { truths, contexts, draws: 99 }));
 */
export function sbc(posterior: Posterior, { seed = 0 }: CalibrationOptions = {}): SbcResult {
  checkSeed(seed, "sbc");
  const all = checkedPosterior("sbc", posterior);
  const parameters = Array.from({ length: all.parameters }, (_, parameter) => {
    const ranks = ranksOf(
      all,
      seed,
      (row) => all.truth(row, parameter),
      (row, draw) => all.draw(row, draw, parameter),
    );
    return rankCheck(ranks);
  });
  return { parameters, pValue: smallestOf(parameters.map(({ pValue }) => pValue)) };
}
