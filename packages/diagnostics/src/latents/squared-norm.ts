import type { Rows } from "@flows/core";
import { kolmogorovSmirnov } from "../statistics/kolmogorov-smirnov.js";
import { meanOf, squaredNorms } from "../statistics/moments.js";
import { chiSquareCdf, chiSquareQuantile, chiSquareTail } from "../statistics/tails.js";
import type { TestResult } from "../statistics/test-result.js";

/** One point of a QQ picture. */
export interface QuantilePair {
  readonly probability: number;
  /** Of chi-square. */
  readonly expected: number;
  /** Of the latents. */
  readonly observed: number;
}

/** Squared latent norms against chi-square: Kolmogorov and Smirnov's test. */
export interface SquaredNormCheck extends TestResult {
  readonly mean: number;
  /** Of the mean alone, in either direction: the sum of |z|² over all rows is chi-square with rows times features degrees of freedom. */
  readonly meanPValue: number;
  /** The features' number. */
  readonly expectedMean: number;
  readonly quantiles: readonly QuantilePair[];
}

const probabilities = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99] as const;

/**
 * Whether |z|² follows chi-square with d degrees of freedom, as it does for draws z of a standard normal on [d].
 * A mean above d says that the density is too narrow for the data, one below d that it is too wide: where `meanPValue` is small. The
 * test's own p-value says that the lengths differ somehow, which need not move their mean.
 */
export function squaredNormCheck(latents: Rows): SquaredNormCheck {
  const degrees = latents.shape[1]!;
  const norms = squaredNorms(latents);
  const sorted = Float64Array.from(norms).sort();
  return {
    ...kolmogorovSmirnov(norms, (value) => chiSquareCdf(value, degrees)),
    mean: meanOf(norms),
    meanPValue: bothTails(norms, degrees * norms.length),
    expectedMean: degrees,
    quantiles: probabilities.map((probability) => ({
      probability,
      expected: chiSquareQuantile(probability, degrees),
      observed: sorted[Math.min(sorted.length - 1, Math.floor(probability * sorted.length))]!,
    })),
  };
}

/** How likely a sum is as far out, in either direction: twice the smaller tail. */
function bothTails(norms: Float64Array, degrees: number): number {
  const total = norms.reduce((sum, value) => sum + value, 0);
  return Math.min(1, 2 * Math.min(chiSquareCdf(total, degrees), chiSquareTail(total, degrees)));
}
