import { fail } from "@flows/core/author";
import { regressionsOf } from "../gaussian/regressions.js";
import type { Mixture } from "./mixture.js";

/** What the covariances may be: any, uncorrelated features, the same for all components, or round. */
export type Covariance = "full" | "diagonal" | "tied" | "spherical";
export const covarianceKinds: readonly Covariance[] = ["full", "diagonal", "tied", "spherical"];

/** Whether the kind has correlations. */
export const correlated = (kind: Covariance): boolean => kind === "full" || kind === "tied";

/** Free parameters of a mixture: k - 1 weights, k means, and the covariances of its kind. */
export function freeParameters(kind: Covariance, k: number, d: number): number {
  const one = (d * (d + 1)) / 2;
  const covariances = { full: k * one, tied: one, diagonal: k * d, spherical: k };
  return k - 1 + k * d + covariances[kind];
}

/** A mixture with its covariances taken apart; refuses one that is flat. */
export function mixtureOf(where: string, parts: Pick<Mixture, "weights" | "means" | "covariances">, d: number): Mixture {
  const k = parts.weights.length;
  const deviations = new Float64Array(k * d);
  const slopes = new Float64Array(k * d * d);
  for (let c = 0; c < k; c++) {
    const regressions = regressionsOf(parts.covariances.subarray(c * d * d, (c + 1) * d * d), d);
    if (!regressions) return fail("data", where, `the covariance of component ${c} is flat. Raise the floor, or use fewer components.`);
    deviations.set(regressions.deviations, c * d);
    slopes.set(regressions.slopes, c * d * d);
  }
  return { k, d, ...parts, deviations, slopes };
}
