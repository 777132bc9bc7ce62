import type { Rows } from "@flows/core";
import { checkSeed, fail } from "@flows/core/author";
import { checkedRows, checkedValues } from "../rows.js";
import { fewestTruths, ranksOf } from "./posterior.js";
import { type RankCheck, rankCheck } from "./rank-check.js";
import type { CalibrationOptions } from "./sbc.js";

/** Log-densities under the posteriors: of the truths and of the posteriors' own draws. */
export interface PosteriorScores {
  /** [n] */
  readonly truthLogProb: ArrayLike<number>;
  /** [n, draws] */
  readonly drawLogProb: Rows;
}

/**
 * Expected coverage: does the region of highest density that claims 90% hold 90% of the truths?
 *
 * A truth's rank counts the draws that are denser than it, so rank over draws is the credibility of the smallest region that holds it.
 * `coverage` below the diagonal says too narrow, above it too wide. Without a context it judges a density by held-out rows.
 * What lies outside the support (-Infinity) is less dense than all else.
 * Throws FlowsError: "shape", and "data" for fewer than 10 truths, no draws, and log-densities that are NaN.
 * Source: Hermans et al. (2022), A trust crisis in simulation-based inference? Your posterior approximations can be unfaithful,
 * definition 2.1 and appendix. https://arxiv.org/abs/2110.06581
 *
 * @example
 * const { pValue, coverage } = expectedCoverage(await posteriorDraws(model, { truths, contexts, draws: 99 }));
 */
export function expectedCoverage({ truthLogProb, drawLogProb }: PosteriorScores, { seed = 0 }: CalibrationOptions = {}): RankCheck {
  checkSeed(seed, "expectedCoverage");
  const truths = checkedValues("expectedCoverage", "the truths' log-densities", lowest(truthLogProb), fewestTruths);
  const scored = { data: lowest(drawLogProb.data), shape: drawLogProb.shape };
  const { data, shape } = checkedRows("expectedCoverage", "the draws' log-densities", scored);
  const [n, draws = 0] = shape;
  if (n !== truths.length)
    fail("shape", "expectedCoverage", `${truths.length} truths want draws of shape [${truths.length}, draws], got [${drawLogProb.shape}].`);
  const ranks = ranksOf(
    { n, draws },
    seed,
    (row) => -truths[row]!,
    (row, draw) => -data[row * draws + draw]!,
  );
  return rankCheck(ranks);
}

/** -Infinity as the least finite number. */
const lowest = (logProb: ArrayLike<number>): Float64Array =>
  Float64Array.from(logProb, (value) => (value === Number.NEGATIVE_INFINITY ? -Number.MAX_VALUE : value));
