import type { Rows } from "@flows/core";
import { kolmogorovSmirnov } from "../statistics/kolmogorov-smirnov.js";
import { meanOf, squaredNorms } from "../statistics/moments.js";
import { chiSquareCdf, chiSquareQuantile } from "../statistics/tails.js";
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
  /** The features' number. */
  readonly expectedMean: number;
  readonly quantiles: readonly QuantilePair[];
}

const probabilities = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99] as const;

/**
 * Whether |z|² follows chi-square with d degrees of freedom, as it does for draws z of a standard normal on [d].
 * A mean above d says that the density is too narrow for the data, one below d that it is too wide.
 */
export function squaredNormCheck(latents: Rows): SquaredNormCheck {
  const degrees = latents.shape[1]!;
  const norms = squaredNorms(latents);
  const sorted = Float64Array.from(norms).sort();
  return {
    ...kolmogorovSmirnov(norms, (value) => chiSquareCdf(value, degrees)),
    mean: meanOf(norms),
    expectedMean: degrees,
    quantiles: probabilities.map((probability) => ({
      probability,
      expected: chiSquareQuantile(probability, degrees),
      observed: sorted[Math.min(sorted.length - 1, Math.floor(probability * sorted.length))]!,
    })),
  };
}
