import { bias, byRowOp, defineBijector, scale, state, wholeNumber } from "@flows/core/author";
import { constant, exp, greater, log, maximum, mean, mul, neg, onesLike, sqrt, square, sub, type Tensor, where } from "@flows/core/ops";
import { affineRows } from "./linear/affine.js";

/** The least standard deviation that `initialise` divides by: a constant feature is not blown up. */
const least = 1e-6;

/**
 * A trained shift and scale, x = z exp(logScale) + shift, which `initialise` sets so that the first rows have mean 0 and variance 1 on
 * the noise side. The identity until then; a started one stays as it is.
 *
 * Shapes: z and x [batch, features].
 * Source: Kingma and Dhariwal (2018), Glow: Generative Flow with Invertible 1x1 Convolutions, section 3.1. https://arxiv.org/abs/1807.03039
 *
 * @example
 * actNorm({ features: 2 })
 */
export const actNorm = defineBijector({ type: "flows/act-norm", options: ["features"] }, ({ features }: { readonly features: number }) => {
  wholeNumber("flows/act-norm", "features", features);
  return {
    event: [features],
    params: { shift: bias([features]), logScale: scale([features]) },
    state: { started: state([1], 0, "fixed") },
    ...byRowOp(affineRows, ["shift", "logScale"], (direction) => ({ direction })),
    initialise: (x, p, call) => {
      const center = mean(x, 0);
      const deviation = sqrt(mean(square(sub(x, center)), 0));
      const unlessStarted = (old: Tensor, now: Tensor): Tensor => where(greater(p.started, constant(0)), old, now);
      const shift = unlessStarted(p.shift, center);
      const logScale = unlessStarted(p.logScale, log(maximum(deviation, constant(least))));
      call.update("shift", shift);
      call.update("logScale", logScale);
      call.update("started", onesLike(p.started));
      return mul(sub(x, shift), exp(neg(logScale)));
    },
  };
});
