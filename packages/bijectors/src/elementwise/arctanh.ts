import { defineElementwise } from "./define-elementwise.js";
import { tanhCurve } from "./tanh.js";

/**
 * The inverse hyperbolic tangent, from (-1, 1) onto the line: x = (log(1 + z) - log(1 - z)) / 2, log|dx/dz| = -log(1 - z^2);
 * `tanh` the other way round.
 *
 * @example
 * invert(arctanh())
 */
export const arctanh = defineElementwise("flows/arctanh", tanhCurve, { swapped: true });
