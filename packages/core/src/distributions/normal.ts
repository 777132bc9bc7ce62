import type { Tensor } from "@tensorflow/tfjs-core";
import { wholeNumber } from "../checks.js";
import { defineRowOp } from "../kernels/row-op.js";
import { defineDistribution } from "../modules/define-distribution.js";
import { constant, mul, square, sub, sum } from "../ops/index.js";
import { checkRows, checkSeed } from "../random/counter.js";
import { noise } from "../random/noise.js";
import { normalDensitySpec } from "../row-ops/normal-density.js";

const halfLog2Pi = 0.5 * Math.log(2 * Math.PI);

const logDensity = (x: Tensor): Tensor => sub(mul(constant(-0.5), sum(square(x), -1)), constant(x.shape[1]! * halfLog2Pi));

/** The density alone, as a step of programs. */
export const normalDensity = defineRowOp(normalDensitySpec, ([z]) => [logDensity(z!)]);

/**
 * The standard normal on [features]: log p(z) = -|z|^2 / 2 - features log(2 pi) / 2.
 *
 * @example
 * normal({ features: 2 }).sample(10, { seed: 1 })
 */
export const normal = defineDistribution({ type: "flows/normal", options: ["features"] }, ({ features }: { readonly features: number }) => {
  wholeNumber("flows/normal", "features", features);
  return {
    eventShape: [features],
    logProb: (x) => logDensity(x),
    lower: (program, z) => void normalDensity.emit(program, [z], [], {}),
    sample: (n, { seed, first = 0, temperature = 1 }) => {
      checkRows(first, n, features);
      checkSeed(seed);
      const [drawn] = noise([], { seed, first, n, width: features, stream: "base" });
      return [temperature === 1 ? drawn! : mul(drawn!, constant(temperature)), undefined];
    },
  };
});
