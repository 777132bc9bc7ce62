import type { Activation } from "@flows/core/author";
import { constant, elu, greater, mul, relu, sigmoid, softplus, type Tensor, tanh, where } from "@flows/core/ops";

/** x above 0, slope x below. */
const leakyRelu = (x: Tensor, slope: number): Tensor => where(greater(x, constant(0)), x, mul(x, constant(slope)));

/** Applies an activation; `slope` is leakyRelu's. */
export function activate(name: Activation, x: Tensor, slope: number): Tensor {
  return name === "leakyRelu" ? leakyRelu(x, slope) : { relu, elu, tanh, sigmoid, softplus }[name](x);
}
