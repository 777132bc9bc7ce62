import {
  add,
  constant,
  greaterEqual,
  lessEqual,
  log,
  log1p,
  logicalOr,
  sigmoid as logistic,
  neg,
  softplus,
  sub,
  type Tensor,
} from "@flows/core/ops";
import { curve, defineElementwise, within } from "./define-elementwise.js";

const outside = (x: Tensor): Tensor => logicalOr(lessEqual(x, constant(0)), greaterEqual(x, constant(1)));
const logOdds = (x: Tensor): [Tensor, Tensor] => {
  const [chance, rest] = [log(x), log1p(neg(x))];
  return [sub(chance, rest), neg(add(chance, rest))];
};

/** The sigmoid, which `logit` uses the other way round. */
export const sigmoidCurve = curve("sigmoid", {
  forward: (z) => [logistic(z), neg(add(softplus(z), softplus(neg(z))))],
  inverse: (x) => within(x, outside(x), 0.5, logOdds),
});

/**
 * The sigmoid, onto (0, 1): x = 1 / (1 + e^-z), log|dx/dz| = -softplus(z) - softplus(-z); inverse log x - log(1 - x).
 * An x outside (0, 1) scores -Infinity.
 *
 * Source: Dinh, Sohl-Dickstein and Bengio (2017), Density Estimation Using Real NVP, section 4.1. https://arxiv.org/abs/1605.08803
 *
 * @example
 * chain([affine({ features: 2 }), sigmoid()])
 */
export const sigmoid = defineElementwise("flows/sigmoid", sigmoidCurve);
