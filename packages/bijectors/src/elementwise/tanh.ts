import { abs, add, constant, greaterEqual, tanh as hyperbolic, log1p, mul, neg, softplus, sub, type Tensor } from "@flows/core/ops";
import { curve, defineElementwise, within } from "./define-elementwise.js";

const outside = (x: Tensor): Tensor => greaterEqual(abs(x), constant(1));
const area = (x: Tensor): [Tensor, Tensor] => {
  const [up, down] = [log1p(x), log1p(neg(x))];
  return [mul(constant(0.5), sub(up, down)), neg(add(up, down))];
};
/** 2 (log 2 - z - softplus(-2 z)), which is log(1 - tanh^2 z) without its cancellation. */
const logSlope = (z: Tensor): Tensor => mul(constant(2), sub(sub(constant(Math.LN2), z), softplus(mul(constant(-2), z))));

/** The hyperbolic tangent, which `arctanh` uses the other way round. */
export const tanhCurve = curve("tanh", { forward: (z) => [hyperbolic(z), logSlope(z)], inverse: (x) => within(x, outside(x), 0, area) });

/**
 * The hyperbolic tangent, onto (-1, 1): x = tanh z, log|dx/dz| = log(1 - tanh^2 z); inverse (log(1 + x) - log(1 - x)) / 2.
 * An x outside (-1, 1) scores -Infinity.
 *
 * Source: Haarnoja et al. (2018), Soft Actor-Critic, appendix C. https://arxiv.org/abs/1801.01290
 *
 * @example
 * chain([affine({ features: 2 }), tanh()])
 */
export const tanh = defineElementwise("flows/tanh", tanhCurve);
