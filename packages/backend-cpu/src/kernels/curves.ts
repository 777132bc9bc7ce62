import type { MapName } from "@flows/core/author";
import { logOneMinusExp, sigmoid, softplus } from "./smooth.js";

/** A monotone function of one number, the log of its slope, and that log's own derivative. */
export interface Curve {
  value(x: number, slope: number): number;
  logSlope(x: number, slope: number): number;
  bend(x: number): number;
  /** Where it has no value; it then answers for `inner`, with a log-slope of -Infinity and no gradient. */
  outside?(x: number): boolean;
  readonly inner?: number;
}

const notPositive = (x: number): boolean => x <= 0;

/** The elementwise maps, noise to data and back, written so that neither tails nor small numbers cancel. */
export const curves: Readonly<Record<MapName, { readonly forward: Curve; readonly inverse: Curve }>> = {
  exp: {
    forward: { value: Math.exp, logSlope: (z) => z, bend: () => 1 },
    inverse: { value: Math.log, logSlope: (x) => -Math.log(x), bend: (x) => -1 / x, outside: notPositive, inner: 1 },
  },
  sigmoid: {
    forward: { value: sigmoid, logSlope: (z) => -softplus(z) - softplus(-z), bend: (z) => -Math.tanh(z / 2) },
    inverse: {
      value: (x) => Math.log(x) - Math.log1p(-x),
      logSlope: (x) => -Math.log(x) - Math.log1p(-x),
      bend: (x) => 1 / (1 - x) - 1 / x,
      outside: (x) => x <= 0 || x >= 1,
      inner: 0.5,
    },
  },
  tanh: {
    forward: { value: Math.tanh, logSlope: (z) => 2 * (Math.LN2 - z - softplus(-2 * z)), bend: (z) => -2 * Math.tanh(z) },
    inverse: {
      value: Math.atanh,
      logSlope: (x) => -Math.log1p(-x) - Math.log1p(x),
      bend: (x) => (2 * x) / ((1 - x) * (1 + x)),
      outside: (x) => Math.abs(x) >= 1,
      inner: 0,
    },
  },
  softplus: {
    forward: { value: softplus, logSlope: (z) => -softplus(-z), bend: (z) => sigmoid(-z) },
    inverse: {
      value: (x) => x + logOneMinusExp(x),
      logSlope: (x) => -logOneMinusExp(x),
      bend: (x) => -1 / Math.expm1(x),
      outside: notPositive,
      inner: 1,
    },
  },
  leakyRelu: {
    forward: { value: (z, slope) => (z >= 0 ? z : slope * z), logSlope: (z, slope) => (z >= 0 ? 0 : Math.log(slope)), bend: () => 0 },
    inverse: { value: (x, slope) => (x >= 0 ? x : x / slope), logSlope: (x, slope) => (x >= 0 ? 0 : -Math.log(slope)), bend: () => 0 },
  },
};
