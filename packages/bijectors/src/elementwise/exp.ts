import { constant, exp as exponential, lessEqual, log, neg, type Tensor } from "@flows/core/ops";
import { curve, defineElementwise, within } from "./define-elementwise.js";

const notPositive = (x: Tensor): Tensor => lessEqual(x, constant(0));
const logarithm = (x: Tensor): [Tensor, Tensor] => {
  const z = log(x);
  return [z, neg(z)];
};

export const expCurve = curve("exp", { forward: (z) => [exponential(z), z], inverse: (x) => within(x, notPositive(x), 1, logarithm) });

/**
 * The exponential, onto the positive numbers: x = e^z, log|dx/dz| = z. An x of 0 or below scores -Infinity.
 *
 * Source: Papamakarios et al. (2021), Normalizing Flows for Probabilistic Modeling and Inference, section 2.1. https://arxiv.org/abs/1912.02762
 *
 * @example
 * chain([affine({ features: 2 }), exp()])
 */
export const exp = defineElementwise("flows/exp", expCurve);
