import { add, columns, concat, mul, reshape, sum, type Tensor } from "@flows/core/ops";
import { slice } from "@tensorflow/tfjs-core";

/**
 * Noise [n, d] as deviations from the mean: the chain of regressions run feature by feature.
 * Each row has its own Gaussian, or all have one: deviations [n or 1, d], slopes [n or 1, d, d].
 */
export function colour(noise: Tensor, deviations: Tensor, slopes: Tensor): Tensor {
  const [lead, features] = deviations.shape as [number, number];
  const scaled = mul(noise, deviations);
  let e = columns(scaled, 0, 1);
  for (let i = 1; i < features; i++) {
    const regressed = sum(mul(e, reshape(slice(slopes, [0, i, 0], [lead, 1, i]), [lead, i])), -1, true);
    e = concat([e, add(columns(scaled, i, 1), regressed)], 1);
  }
  return e;
}
