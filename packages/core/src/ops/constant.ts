import { fill, type Tensor, tensor1d, zeros as tfZeros } from "@tensorflow/tfjs-core";
import type { Shape } from "../contracts/index.js";

/** A scalar, exact on every backend: the value is an attribute of a kernel, not a float32 buffer. */
export const constant = (value: number): Tensor => fill([], value, "float32");
export const zeros = (shape: Shape): Tensor => tfZeros([...shape]);
export const filled = (shape: Shape, value: number): Tensor => fill([...shape], value, "float32");
/** Whole numbers, as positions for `gather`. */
export const indices = (values: readonly number[]): Tensor => tensor1d([...values], "int32");
