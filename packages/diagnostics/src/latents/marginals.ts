import type { Rows } from "@flows/core";
import { columnOf } from "../rows.js";
import { kolmogorovSmirnov } from "../statistics/kolmogorov-smirnov.js";
import { meanOf, varianceOf } from "../statistics/moments.js";
import { normalCdf } from "../statistics/tails.js";

/** One coordinate of the latents against the standard normal. */
export interface MarginalCheck {
  readonly mean: number;
  readonly standardDeviation: number;
  /** Of Kolmogorov and Smirnov's test. */
  readonly pValue: number;
}

/** Every coordinate by itself. */
export const marginalChecks = (latents: Rows): MarginalCheck[] =>
  Array.from({ length: latents.shape[1]! }, (_, column) => {
    const values = columnOf(latents, column);
    const { pValue } = kolmogorovSmirnov(values, normalCdf);
    return { mean: meanOf(values), standardDeviation: Math.sqrt(varianceOf(values)), pValue };
  });
