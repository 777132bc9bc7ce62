import { fail, finiteNumber, normalQuantile } from "@flows/core/author";
import { scaledBesselI0 } from "../density/bessel.js";
import { type ClassDensity, domainOf } from "../density/quadrature.js";
import type { Toy } from "../toy.js";
import { defineToy } from "./define-toy.js";

export interface CirclesConfig {
  /** Radius of the inner circle, the outer one's being 1; between 0 and 1, default 0.4. */
  readonly factor?: number;
  /** Standard deviation of the Gaussian noise; default 0.06. */
  readonly noise?: number;
}

/**
 * Two concentric circles, of radius 1 and `factor`, with Gaussian noise; half the rows each, the angle uniform.
 *
 * p(x | R) = exp(-(r - R)² / 2 noise²) e^{-k} I0(k) / (2 pi noise²),   r = |x|, k = r R / noise². The label is the circle.
 */
export function circles({ factor = 0.4, noise = 0.06 }: CirclesConfig = {}): Toy {
  finiteNumber("circles", "noise", noise, { above: 0 });
  finiteNumber("circles", "factor", factor, { above: 0 });
  if (factor >= 1) fail("config", "circles", `factor must be below 1, the outer circle's radius, got ${factor}.`);
  const domain = domainOf([-1, -1], [1, 1], noise);
  const radius = (label: number): number => (label === 0 ? 1 : factor);
  const logDensity: ClassDensity = (x, label) => {
    const r = Math.hypot(x[0]!, x[1]!);
    const far = ((r - radius(label)) / noise) ** 2;
    return -0.5 * far + Math.log(scaledBesselI0((r * radius(label)) / noise ** 2)) - Math.log(2 * Math.PI * noise ** 2);
  };
  return defineToy({
    name: "circles",
    config: { factor, noise },
    features: 2,
    classes: 2,
    draws: 3,
    row: (label, u) => {
      const angle = 2 * Math.PI * u[0]!;
      return [
        radius(label) * Math.cos(angle) + noise * normalQuantile(u[1]!),
        radius(label) * Math.sin(angle) + noise * normalQuantile(u[2]!),
      ];
    },
    logDensity,
    domain,
  });
}
