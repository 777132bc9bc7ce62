import type { Activation } from "@flows/core/author";
import { sigmoid, softplus } from "./smooth.js";

/** An activation function, and its slope read off its result. */
export interface Bend {
  value(x: number, slope: number): number;
  slope(y: number, slope: number): number;
}

/** The activations of networks by name. Kinks take the slope from the left, as the references do. */
export const activations: Readonly<Record<Activation, Bend>> = {
  relu: { value: (x) => Math.max(x, 0), slope: (y) => (y > 0 ? 1 : 0) },
  leakyRelu: { value: (x, slope) => (x > 0 ? x : slope * x), slope: (y, slope) => (y > 0 ? 1 : slope) },
  elu: { value: (x) => (x > 0 ? x : Math.expm1(x)), slope: (y) => (y > 0 ? 1 : y + 1) },
  tanh: { value: Math.tanh, slope: (y) => 1 - y * y },
  sigmoid: { value: sigmoid, slope: (y) => y * (1 - y) },
  softplus: { value: softplus, slope: (y) => -Math.expm1(-y) },
};
