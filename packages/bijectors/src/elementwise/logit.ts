import { defineElementwise } from "./define-elementwise.js";
import { sigmoidCurve } from "./sigmoid.js";

/**
 * The logit, from (0, 1) onto the line: x = log z - log(1 - z), log|dx/dz| = -log z - log(1 - z); `sigmoid` the other way round.
 *
 * @example
 * flow({ base: uniform({ features: 2 }), bijector: logit() })
 */
export const logit = defineElementwise("flows/logit", sigmoidCurve, { swapped: true });
