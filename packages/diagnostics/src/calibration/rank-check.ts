import { meanOf, varianceOf } from "../statistics/moments.js";
import { chiSquareTail } from "../statistics/tails.js";
import type { TestResult } from "../statistics/test-result.js";

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

const mostBins = 20;
/** Truths that a bin expects, so that chi-square holds. */
const fewestExpected = 5;

/**
 * Pearson's chi-square of ranks in equal bins, at most 20, each with its exact expected count.
 * Two bins need 10 truths.
 */
export function rankCheck(ranks: Int32Array, draws: number): RankCheck {
  const [n, places] = [ranks.length, draws + 1];
  const bins = Math.max(2, Math.min(mostBins, places, Math.floor(n / fewestExpected)));
  const binOf = (rank: number): number => Math.floor((rank * bins) / places);
  const [seen, width] = [new Float64Array(bins), new Float64Array(bins)];
  for (const rank of ranks) seen[binOf(rank)]!++;
  for (let rank = 0; rank < places; rank++) width[binOf(rank)]!++;
  const statistic = seen.reduce((sum, count, bin) => sum + (count - (n * width[bin]!) / places) ** 2 / ((n * width[bin]!) / places), 0);
  return {
    statistic,
    pValue: chiSquareTail(statistic, bins - 1),
    ranks,
    draws,
    mean: meanOf(ranks) / draws,
    spread: varianceOf(ranks) / ((places ** 2 - 1) / 12),
    coverage: coverageOf(ranks, places),
  };
}

/** Ranks are spread evenly over [0, 1], so that the curve is the diagonal where they are equally likely. */
const coverageOf = (ranks: Int32Array, places: number): Coverage[] =>
  Array.from({ length: 19 }, (_, i) => {
    const credibility = (i + 1) / 20;
    const inside = ranks.reduce((sum, rank) => sum + Math.min(1, Math.max(0, credibility * places - rank)), 0);
    return { credibility, observed: inside / ranks.length };
  });
