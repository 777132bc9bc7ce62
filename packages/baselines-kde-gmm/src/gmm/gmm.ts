import { defineDistribution, normals, state, tensorOf, wholeNumber } from "@flows/core/author";
import { add, constant, div, gather, log, mul, reshape, sub, sum, type Tensor, transpose, unstack } from "@flows/core/ops";
import { colour } from "../gaussian/colour.js";
import { gaussianState } from "../gaussian/specs.js";
import { belowDiagonal, halfSquare, logPeak, whiten } from "../gaussian/whiten.js";
import { choose } from "../mixture/choose.js";
import { logSumExp } from "../mixture/log-sum-exp.js";

export interface GmmConfig {
  readonly features: number;
  readonly components: number;
}

/** log N(x; mean, covariance) for points x [d, n], [1, n]. */
function logNormal(x: Tensor, mean: Tensor, deviations: Tensor, slopes: Tensor): Tensor {
  const noise = whiten(sub(x, reshape(mean, [-1, 1])), deviations, slopes);
  return add(halfSquare(noise), logPeak(deviations));
}

/**
 * A Gaussian mixture: log p(x) = log sum_k w_k N(x; mean_k, covariance_k), weights normalised.
 *
 * Its numbers are state: `weights` [k], `means` [k, d] and each covariance as a chain of regressions (`deviations` [k, d],
 * `slopes` [k, d, d]), whatever kind of covariance they were fitted with. EM fits them (`fitGmm`), not `fit`.
 * The temperature scales a sample's deviation from its component's mean. Shapes: x [batch, features].
 * Source: Bishop (2006), Pattern Recognition and Machine Learning, eq. 9.7.
 *
 * @example
 * const { distribution, bic } = await fitGmm(rows, { components: 3 });
 */
export const gmm = defineDistribution({ type: "flows/gmm", options: ["features", "components"] }, ({ features, components }: GmmConfig) => {
  wholeNumber("flows/gmm", "features", features);
  wholeNumber("flows/gmm", "components", components);
  return {
    eventShape: [features],
    reparameterized: false,
    state: {
      weights: state([components], 1, "positive"),
      means: state([components, features]),
      ...gaussianState([components], features),
    },
    constants: { below: belowDiagonal(features) },
    logProb: (x, p) => {
      const logWeights = log(div(p.weights, sum(p.weights)));
      const parts = [p.means, p.deviations, mul(p.slopes, p.below), logWeights].map((t) => unstack(t, 0));
      const [means, deviations, slopes, weights] = parts as [Tensor[], Tensor[], Tensor[], Tensor[]];
      const points = transpose(x);
      const joint = means.map((mean, k) => add(logNormal(points, mean, deviations[k]!, slopes[k]!), weights[k]!));
      return reshape(logSumExp(joint), [x.shape[0]!]);
    },
    sample: (n, { seed, first = 0, temperature = 1 }, p) => {
      const chosen = choose(p.weights, seed, first, n);
      const noise = mul(tensorOf(normals(seed, first, n, features), [n, features]), constant(temperature));
      const [mean, deviations, slopes] = [p.means, p.deviations, p.slopes].map((t) => gather(t, chosen, 0));
      return [add(mean!, colour(noise, deviations!, slopes!)), undefined];
    },
  };
});
