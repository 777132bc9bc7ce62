import { defineBijector, monotoneRoot } from "@flows/core/author";
import { abs, add, constant, cos, log, mul, neg, sin, sum, type Tensor } from "@flows/core/ops";

const value = (z: Tensor): Tensor => add(mul(constant(2), z), mul(constant(0.5), sin(z)));
const slope = (z: Tensor): Tensor => add(constant(2), mul(constant(0.5), cos(z)));
const logSlope = (z: Tensor): Tensor => sum(log(slope(z)), -1);

/** T(z) = 2 z + 0.5 sin z, whose inverse is found by bisection: the root lies within 0.5 |x| + 0.75 of x. */
export const wave = defineBijector({ type: "experiments/wave", options: [] }, (_config: {}) => ({
  event: [1],
  analytic: "forward",
  forward: (z) => [value(z), logSlope(z)],
  inverse: (x) => {
    const z = monotoneRoot(x, { value, slope, reach: add(mul(constant(0.5), abs(x)), constant(0.75)) });
    return [z, neg(logSlope(z))];
  },
}));
