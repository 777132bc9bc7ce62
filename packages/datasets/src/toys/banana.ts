import { normalQuantile } from "@flows/core/author";
import { normalLogDensity } from "../density/normal.js";
import type { Toy } from "../toy.js";
import { defineToy } from "./define-toy.js";

/**
 * A bent Gaussian: log p(z) = -z1² / 8 - (z2 + z1² / 2)² / 2 - log 4 pi.
 *
 * z1 = 2 e1, z2 = e2 - 2 e1² of standard normals e. Its entropy is 1 + log 4 pi, for the map keeps volumes but for the factor 2.
 */
export function banana(): Toy {
  return defineToy({
    name: "banana",
    config: {},
    features: 2,
    classes: 1,
    draws: 2,
    row: (_, u) => {
      const e = normalQuantile(u[0]!);
      return [2 * e, normalQuantile(u[1]!) - 2 * e * e];
    },
    logDensity: (z) => normalLogDensity(z[0]!, 0, 2) + normalLogDensity(z[1]!, -0.5 * z[0]! * z[0]!, 1),
    population: () => {
      const entropy = 1 + Math.log(4 * Math.PI);
      return { mass: 1, entropy, entropyGivenLabel: entropy, mean: [0, -2], sd: [2, 3] };
    },
  });
}
