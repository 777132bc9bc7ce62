import { finiteNumber, normalQuantile, wholeNumber } from "@flows/core/author";
import type { Toy } from "../toy.js";
import { defineToy } from "./define-toy.js";

export interface PinwheelConfig {
  /** How many arms; default 5. */
  readonly arms?: number;
  /** Spread along an arm; default 0.3. */
  readonly radialSd?: number;
  /** Spread across it; default 0.1. */
  readonly tangentialSd?: number;
  /** How fast the arms turn with the radius; default 0.25. */
  readonly rate?: number;
}

/**
 * Gaussian arms twisted around the origin: (a, b) = (1 + radialSd e1, tangentialSd e2) turned by 2 pi label / arms + rate exp(a),
 * times 2. The label is the arm. Its density has no closed form, so it has no floor.
 *
 * Source: Johnson, Duvenaud, Wiltschko, Datta and Adams (2016), Structured VAEs, section 2. https://arxiv.org/abs/1603.06277
 */
export function pinwheel({ arms = 5, radialSd = 0.3, tangentialSd = 0.1, rate = 0.25 }: PinwheelConfig = {}): Toy {
  wholeNumber("pinwheel", "arms", arms, 1, 64);
  finiteNumber("pinwheel", "radialSd", radialSd, { above: 0 });
  finiteNumber("pinwheel", "tangentialSd", tangentialSd, { above: 0 });
  finiteNumber("pinwheel", "rate", rate);
  return defineToy({
    name: "pinwheel",
    config: { arms, radialSd, tangentialSd, rate },
    features: 2,
    classes: arms,
    draws: 2,
    row: (label, u) => {
      const a = 1 + radialSd * normalQuantile(u[0]!);
      const b = tangentialSd * normalQuantile(u[1]!);
      const angle = (2 * Math.PI * label) / arms + rate * Math.exp(a);
      const [c, s] = [2 * Math.cos(angle), 2 * Math.sin(angle)];
      return [a * c - b * s, a * s + b * c];
    },
  });
}
