import { andersonDarling } from "../statistics/anderson-darling.js";
import { meanOf, varianceOf } from "../statistics/moments.js";
import type { TestResult } from "../statistics/test-result.js";
import type { Ranking } from "./posterior.js";

/** One point of a coverage curve. */
export interface Coverage {
  /** What the regions claim to hold. */
  readonly credibility: number;
  /** The share of truths that they hold. */
  readonly observed: number;
}

/** Ranks 0 .. draws of truths among draws, which are all equally likely where truths and draws have one source. */
export interface RankCheck extends TestResult {
  readonly ranks: Int32Array;
  /** Draws that each truth was ranked among. */
  readonly draws: number;
  /** The mean rank over the number of draws: 0.5 where nothing is biased. */
  readonly mean: number;
  /** The ranks' variance over that of equally likely ones: above 1 too many are at the ends, below 1 too many in the middle. */
  readonly spread: number;
  /** How many truths the regions of credibility 0.05, 0.1, ... 0.95 hold, where a rank counts the draws inside its truth's region. */
  readonly coverage: readonly Coverage[];
}

/** Anderson and Darling's test of the places, which are uniform where ranks are equally likely: at its level with 10 truths and with many. */
export const rankCheck = ({ ranks, draws, places }: Ranking): RankCheck => ({
  ...andersonDarling(places),
  ranks,
  draws,
  mean: meanOf(ranks) / draws,
  spread: varianceOf(ranks) / (((draws + 1) ** 2 - 1) / 12),
  coverage: coverageOf(ranks, draws + 1),
});

/** Ranks are spread evenly over [0, 1], so that the curve is the diagonal where they are equally likely. */
const coverageOf = (ranks: Int32Array, places: number): Coverage[] =>
  Array.from({ length: 19 }, (_, i) => {
    const credibility = (i + 1) / 20;
    const inside = ranks.reduce((sum, rank) => sum + Math.min(1, Math.max(0, credibility * places - rank)), 0);
    return { credibility, observed: inside / ranks.length };
  });
