import type { RowsLike } from "@flows/core";
import { checkedRows } from "../rows.js";
import { smallestOf } from "../statistics/test-result.js";
import { type CorrelationCheck, correlationCheck } from "./correlations.js";
import { type MarginalCheck, marginalChecks } from "./marginals.js";
import { type SigmaRing, sigmaRings } from "./sigma-rings.js";
import { type SquaredNormCheck, squaredNormCheck } from "./squared-norm.js";

/** How far latents are from draws of a standard normal. */
export interface LatentCheck {
  readonly rows: number;
  readonly squaredNorm: SquaredNormCheck;
  readonly rings: readonly SigmaRing[];
  readonly marginals: readonly MarginalCheck[];
  /** Undefined for a single coordinate. */
  readonly correlations: CorrelationCheck | undefined;
  /** Of norms, coordinates and correlations together: below 0.01 the latents are no standard normal. */
  readonly pValue: number;
}

/** Rows from which on the tests' p-values hold. */
const fewest = 10;

/**
 * Tests whether latents are draws of a standard normal: by their lengths, coordinate by coordinate, and by their correlations.
 *
 * Give rows that the flow was not trained on: training rows look better than they are.
 * Throws FlowsError "data" for fewer than 10 rows and for numbers that are not finite.
 * Source: Papamakarios et al. (2021), section 2. https://arxiv.org/abs/1912.02762
 *
 * @example
 * const check = checkLatents(await latents(model, heldOut));
 * if (check.pValue < 0.01) console.log("the latents are not Gaussian", check.squaredNorm.mean);
 */
export function checkLatents(latents: RowsLike): LatentCheck {
  const rows = checkedRows("checkLatents", "latents", latents, fewest);
  const squaredNorm = squaredNormCheck(rows);
  const marginals = marginalChecks(rows);
  const correlations = correlationCheck(rows);
  const coordinates = smallestOf(marginals.map(({ pValue }) => pValue));
  const pValues = [squaredNorm.pValue, coordinates, ...(correlations ? [correlations.pValue] : [])];
  return { rows: rows.shape[0], squaredNorm, rings: sigmaRings(rows), marginals, correlations, pValue: smallestOf(pValues) };
}
