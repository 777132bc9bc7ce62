import { finiteNumber, normalQuantile } from "@flows/core/author";
import { halfCircleLogDensity } from "../density/arc.js";
import { type ClassDensity, domainOf } from "../density/quadrature.js";
import type { Toy } from "../toy.js";
import { defineToy } from "./define-toy.js";

export interface TwoMoonsConfig {
  /** Standard deviation of the Gaussian noise; default 0.05. */
  readonly noise?: number;
}

/**
 * Two interleaving half circles with Gaussian noise: half the rows near (cos t, sin t), half near (1 - cos t, 1/2 - sin t).
 *
 * The geometry of scikit-learn's make_moons. There t runs through equal steps; here t is uniform on [0, pi] and the arc
 * is drawn at random, so the rows are independent draws from one density:
 * p(x) = 1/2 sum over arcs of (1/pi) int_0^pi N(x; arc(t), noise² I) dt. The label is the arc.
 */
export function twoMoons({ noise = 0.05 }: TwoMoonsConfig = {}): Toy {
  finiteNumber("two-moons", "noise", noise, { above: 0 });
  const domain = domainOf([-1, -0.5], [2, 1], noise);
  const halfCircle = halfCircleLogDensity(noise);
  const logDensity: ClassDensity = (x, label) => (label === 0 ? halfCircle(x[0]!, x[1]!) : halfCircle(1 - x[0]!, 0.5 - x[1]!));
  return defineToy({
    name: "two-moons",
    config: { noise },
    features: 2,
    classes: 2,
    draws: 3,
    row: (label, u) => {
      const [c, s] = [Math.cos(Math.PI * u[0]!), Math.sin(Math.PI * u[0]!)];
      const [x, y] = label === 0 ? [c, s] : [1 - c, 0.5 - s];
      return [x + noise * normalQuantile(u[1]!), y + noise * normalQuantile(u[2]!)];
    },
    logDensity,
    domain,
  });
}
