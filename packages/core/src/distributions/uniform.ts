import type { Tensor } from "@tensorflow/tfjs-core";
import { tensorOf } from "../backend/tensor-of.js";
import { wholeNumber } from "../checks.js";
import { defineRowOp } from "../kernels/row-op.js";
import { defineDistribution } from "../modules/define-distribution.js";
import { abs, add, constant, filled, lessEqual, max, mul, isNaN as nanIn, sub, where, zeros } from "../ops/index.js";
import { uniforms } from "../random/uniform.js";
import { uniformDensitySpec } from "../row-ops/uniform-density.js";

function logDensity(x: Tensor): Tensor {
  const reach = max(abs(sub(x, constant(0.5))), -1);
  const n = x.shape[0]!;
  const outside = where(nanIn(reach), filled([n], Number.NaN), filled([n], Number.NEGATIVE_INFINITY));
  return where(lessEqual(reach, constant(0.5)), zeros([n]), outside);
}

/** The density alone, as a step of programs. */
export const uniformDensity = defineRowOp(uniformDensitySpec, ([x]) => [logDensity(x!)]);

/** The largest float32 below 1. */
const last = 1 - 2 ** -24;
/** Rounded to float32 on every backend; one number in 2^25 would round to 1, where a logit is infinite. */
const belowOne = (u: number): number => Math.min(Math.fround(u), last);

/**
 * The uniform distribution on the unit cube [0, 1]^features: log p(z) = 0 inside, -Infinity outside.
 * A temperature draws samples towards the centre.
 */
export const uniform = defineDistribution(
  { type: "flows/uniform", options: ["features"] },
  ({ features }: { readonly features: number }) => {
    wholeNumber("flows/uniform", "features", features);
    return {
      eventShape: [features],
      logProb: (x) => logDensity(x),
      lower: (program, x) => void uniformDensity.emit(program, [x], [], {}),
      sample: (n, { seed, first = 0, temperature = 1 }) => {
        const drawn = tensorOf(uniforms(seed, first, n, features, "base").map(belowOne), [n, features]);
        if (temperature === 1) return [drawn, zeros([n])];
        return [add(mul(sub(drawn, constant(0.5)), constant(temperature)), constant(0.5)), undefined];
      },
    };
  },
);
