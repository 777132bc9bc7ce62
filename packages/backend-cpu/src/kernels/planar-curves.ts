import type { CurveName } from "@flows/core/author";
import { sigmoid, softplus } from "./smooth.js";

/** A smooth rising function that a planar layer bends along; its slope lies in (0, steepest]. */
export interface PlanarCurve {
  readonly steepest: number;
  value(t: number): number;
  slope(t: number): number;
  /** The derivative of the slope. */
  bend(t: number): number;
  /** 1 - slope / steepest, without cancellation. */
  flatness(t: number): number;
}

const tanhSlope = (t: number): number => 1 - Math.tanh(t) ** 2;
const sigmoidSlope = (t: number): number => sigmoid(t) * sigmoid(-t);

export const planarCurves: Readonly<Record<CurveName, PlanarCurve>> = {
  tanh: {
    steepest: 1,
    value: Math.tanh,
    slope: tanhSlope,
    bend: (t) => -2 * Math.tanh(t) * tanhSlope(t),
    flatness: (t) => Math.tanh(t) ** 2,
  },
  sigmoid: {
    steepest: 1 / 4,
    value: sigmoid,
    slope: sigmoidSlope,
    bend: (t) => -sigmoidSlope(t) * Math.tanh(t / 2),
    flatness: (t) => Math.tanh(t / 2) ** 2,
  },
  arctan: {
    steepest: 1,
    value: Math.atan,
    slope: (t) => 1 / (1 + t * t),
    bend: (t) => (-2 * t) / (1 + t * t) ** 2,
    flatness: (t) => (t * t) / (1 + t * t),
  },
  softplus: { steepest: 1, value: softplus, slope: sigmoid, bend: sigmoidSlope, flatness: (t) => sigmoid(-t) },
};
