import { engine, type Tensor } from "@tensorflow/tfjs-core";
import type { Floats, Shape } from "../contracts/index.js";
import { session } from "./session.js";

/** A new tensor of a copy of these numbers in the backend's precision; `tensor()` of tfjs would round to float32. */
export function tensorOf(values: Floats, shape: Shape): Tensor {
  const copy = session().backend.precision === "float64" ? new Float64Array(values) : new Float32Array(values);
  return engine().makeTensor(copy as Float32Array, [...shape], "float32");
}

/** An empty array in the backend's precision. */
export const floats = (length: number): Floats =>
  session().backend.precision === "float64" ? new Float64Array(length) : new Float32Array(length);
