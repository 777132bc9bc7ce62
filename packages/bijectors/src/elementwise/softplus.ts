import { add, constant, expm1, lessEqual, log, neg, softplus as soft, type Tensor } from "@flows/core/ops";
import { curve, defineElementwise, within } from "./define-elementwise.js";

const notPositive = (x: Tensor): Tensor => lessEqual(x, constant(0));
const undone = (x: Tensor): [Tensor, Tensor] => {
  const logSlope = log(neg(expm1(neg(x))));
  return [add(x, logSlope), neg(logSlope)];
};

export const softplusCurve = curve("softplus", {
  forward: (z) => [soft(z), neg(soft(neg(z)))],
  inverse: (x) => within(x, notPositive(x), 1, undone),
});

/**
 * Softplus, onto the positive numbers: x = log(1 + e^z), log|dx/dz| = -softplus(-z); inverse x + log(1 - e^-x).
 * An x of 0 or below scores -Infinity.
 *
 * Source: Dugas, Bengio, Belisle, Nadeau and Garcia (2001), Incorporating Second-Order Functional Knowledge for Better Option Pricing, eq. 4.
 *
 * @example
 * chain([affine({ features: 2 }), softplus()])
 */
export const softplus = defineElementwise("flows/softplus", softplusCurve);
