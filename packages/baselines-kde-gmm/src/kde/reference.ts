import { fail, oneOf } from "@flows/core/author";
import { type Moments, variancesOf } from "../gaussian/moments.js";
import { type Regressions, regressionsOf } from "../gaussian/regressions.js";

/** What a kernel looks like before it is scaled: alike in all directions, by the features' own spreads, or like the data's covariance. */
export type KernelShape = "isotropic" | "per-axis" | "full";
export const kernelShapes: readonly KernelShape[] = ["isotropic", "per-axis", "full"];

/** A kernel, and its standard deviation along each feature. */
export interface Reference extends Regressions {
  readonly spreads: Float64Array;
}

/** A kernel of independent features. */
export const upright = (spreads: Float64Array): Reference => ({
  deviations: spreads,
  slopes: new Float64Array(spreads.length ** 2),
  spreads,
});

/** The kernel of factor 1: the data's covariance, its diagonal, or the mean of that in every direction. */
export function referenceOf(where: string, shape: KernelShape, moments: Moments): Reference {
  const d = moments.mean.length;
  const variances = variancesOf(where, moments);
  const spreads = variances.map(Math.sqrt);
  if (oneOf(where, "shape", shape, kernelShapes) === "per-axis") return upright(spreads);
  if (shape === "isotropic") return upright(spreads.fill(Math.sqrt(variances.reduce((sum, v) => sum + v, 0) / d)));
  const regressions =
    regressionsOf(moments.covariance, d) ??
    fail(
      "data",
      where,
      `the columns are collinear or the rows fewer than the ${d} features, so a full kernel is flat. Use shape "per-axis".`,
    );
  return { ...regressions, spreads };
}
