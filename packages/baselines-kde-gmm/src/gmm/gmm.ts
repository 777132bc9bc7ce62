import { defineDistribution, normals, state, tensorOf, wholeNumber } from "@flows/core/author";
import { add, constant, gather, mul } from "@flows/core/ops";
import { colour } from "../gaussian/colour.js";
import { mixtureRows } from "../gaussian/mixture-rows.js";
import { gaussianState } from "../gaussian/specs.js";

import { choose } from "../mixture/choose.js";

export interface GmmConfig {
  readonly features: number;
  readonly components: number;
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
  const attrs = { components, tied: false };
  return {
    eventShape: [features],
    reparameterized: false,
    state: {
      weights: state([components], 1, "positive"),
      means: state([components, features]),
      ...gaussianState([components], features),
    },
    logProb: (x, p) => mixtureRows([x], [p.weights, p.means, p.deviations, p.slopes], attrs)[0],
    lower: (program, x, p) => void mixtureRows.emit(program, [x], [p.weights, p.means, p.deviations, p.slopes], attrs),
    sample: (n, { seed, first = 0, temperature = 1 }, p) => {
      const chosen = choose(p.weights, seed, first, n);
      const noise = mul(tensorOf(normals(seed, first, n, features), [n, features]), constant(temperature));
      const [mean, deviations, slopes] = [p.means, p.deviations, p.slopes].map((t) => gather(t, chosen, 0));
      return [add(mean!, colour(noise, deviations!, slopes!)), undefined];
    },
  };
});
