import { tensorOf, uniforms } from "@flows/core/author";
import { div, indices, reshape, sub, sum, type Tensor } from "@flows/core/ops";
import { cumsum, upperBound } from "@tensorflow/tfjs-core";

/**
 * Members of a mixture for rows first .. first + n - 1 of a seed, by their weights [k]: whole numbers [n] below k.
 * A row's choice depends on the seed, its number and the weights alone.
 */
export function choose(weights: Tensor, seed: number, first: number, n: number): Tensor {
  const starts = cumsum(div(weights, sum(weights)), 0, true);
  // Rounded to float32 on every backend, so that all of them compare the same numbers.
  const u = tensorOf(uniforms(seed, first, n, 1, "choice").map(Math.fround), [1, n]);
  return reshape(sub(upperBound(reshape(starts, [1, weights.size]), u), indices([1])), [n]);
}
