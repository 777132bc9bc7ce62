import { finiteNumber } from "@flows/core/author";
import { constant, greaterEqual, mul, type Tensor, where } from "@flows/core/ops";
import { curve, defineElementwise } from "./define-elementwise.js";

export interface LeakyReluConfig {
  /** The slope below 0, positive. Default 0.01. */
  readonly slope?: number;
}

const bentBy = (x: Tensor, factor: number): [Tensor, Tensor] => {
  const straight = greaterEqual(x, constant(0));
  return [where(straight, x, mul(x, constant(factor))), where(straight, constant(0), constant(Math.log(factor)))];
};

const slopeOf = ({ slope = 0.01 }: LeakyReluConfig): number => finiteNumber("flows/leaky-relu", "slope", slope, { above: 0 });

export const leakyReluCurve = curve("leakyRelu", { forward: bentBy, inverse: (x, slope) => bentBy(x, 1 / slope) });

/**
 * Leaky ReLU: x = z from 0 up and slope z below, log|dx/dz| = 0 or log slope.
 *
 * Source: Maas, Hannun and Ng (2013), Rectifier Nonlinearities Improve Neural Network Acoustic Models, section 2.
 *
 * @example
 * leakyRelu({ slope: 0.1 })
 */
export const leakyRelu = defineElementwise<LeakyReluConfig>("flows/leaky-relu", leakyReluCurve, { options: ["slope"], slopeOf });
