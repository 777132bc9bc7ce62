import { defineRowOp, gaussianMixtureSpec } from "@flows/core/author";
import { add, div, log, mul, reshape, sub, sum, type Tensor, transpose, unstack } from "@flows/core/ops";
import { logSumExp } from "../mixture/log-sum-exp.js";
import { tiedDensity } from "./tied-density.js";
import { belowDiagonal, halfSquare, logPeak, whiten } from "./whiten.js";

/** log N(x; mean, covariance) for points x [d, n], [1, n]. */
function logNormal(x: Tensor, mean: Tensor, deviations: Tensor, slopes: Tensor): Tensor {
  const noise = whiten(sub(x, reshape(mean, [-1, 1])), deviations, slopes);
  return add(halfSquare(noise), logPeak(deviations));
}

/** log sum_k w_k N(x; mean_k, covariance_k) for x [n, d], [n]. */
function mixtureDensity(x: Tensor, weights: Tensor, means: Tensor, deviations: Tensor, slopes: Tensor): Tensor {
  const logWeights = log(div(weights, sum(weights)));
  const parts = [means, deviations, slopes, logWeights].map((t) => unstack(t, 0)) as [Tensor[], Tensor[], Tensor[], Tensor[]];
  const points = transpose(x);
  const joint = parts[0].map((mean, k) => add(logNormal(points, mean, parts[1][k]!, parts[2][k]!), parts[3][k]!));
  return reshape(logSumExp(joint), [x.shape[0]!]);
}

/** The log-density of a Gaussian mixture on rows [batch, d]; params weights, means, deviations, slopes as `gaussianState` says. */
export const mixtureRows = defineRowOp(gaussianMixtureSpec, ([x], [weights, means, deviations, slopes], { tied }) => {
  const strict = mul(slopes!, belowDiagonal(x!.shape[1]!));
  if (tied) return [tiedDensity(x!, { rows: means!, weights: weights!, deviations: deviations!, slopes: strict })];
  return [mixtureDensity(x!, weights!, means!, deviations!, strict)];
});
