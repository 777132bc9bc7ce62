import { finiteNumber, wholeNumber } from "@flows/core/author";
import type { Toy } from "../toy.js";
import { gaussianMixture } from "./gaussian-mixture.js";

export interface RingConfig {
  /** How many Gaussians; default 8. */
  readonly modes?: number;
  /** Distance of their centres from the origin; default 3. */
  readonly radius?: number;
  /** Standard deviation of each; default 0.25. */
  readonly sd?: number;
}

/** Equal Gaussians at equal angles on a circle, the first on the positive x axis; the label is the mode. */
export function ring({ modes = 8, radius = 3, sd = 0.25 }: RingConfig = {}): Toy {
  wholeNumber("ring", "modes", modes, 1, 64);
  finiteNumber("ring", "radius", radius, { above: 0 });
  finiteNumber("ring", "sd", sd, { above: 0 });
  const angles = Array.from({ length: modes }, (_, mode) => (2 * Math.PI * mode) / modes);
  const centres = angles.map((angle) => [radius * Math.cos(angle), radius * Math.sin(angle)]);
  return gaussianMixture("ring", { modes, radius, sd }, centres, sd);
}
