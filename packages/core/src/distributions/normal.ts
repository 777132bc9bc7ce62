import { tensorOf } from "../backend/tensor-of.js";
import { wholeNumber } from "../checks.js";
import { defineDistribution } from "../modules/define-distribution.js";
import { constant, mul, square, sub, sum } from "../ops/index.js";
import { normals } from "../random/normal.js";

const halfLog2Pi = 0.5 * Math.log(2 * Math.PI);

/**
 * The standard normal on [features]: log p(z) = -|z|^2 / 2 - features log(2 pi) / 2.
 *
 * @example
 * normal({ features: 2 }).sample(10, { seed: 1 })
 */
export const normal = defineDistribution("flows/normal", ({ features }: { readonly features: number }) => {
  wholeNumber("flows/normal", "features", features);
  return {
    eventShape: [features],
    logProb: (x) => sub(mul(constant(-0.5), sum(square(x), -1)), constant(features * halfLog2Pi)),
    lower: (program, z) => void program.emit("normalDensity", { reads: [z], widths: [] }),
    sample: (n, { seed, first = 0, temperature = 1 }) => {
      const noise = tensorOf(normals(seed, first, n, features), [n, features]);
      return [temperature === 1 ? noise : mul(noise, constant(temperature)), undefined];
    },
  };
});
