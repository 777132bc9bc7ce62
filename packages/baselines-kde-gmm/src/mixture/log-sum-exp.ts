import { detached } from "@flows/core";
import { add, constant, exp, log, max, maximum, sub, sum, type Tensor } from "@flows/core/ops";

/** The lowest number that is finite in float32. */
const lowest = -3.4e38;

/** log sum exp over the last axis, [n, k] to [n, 1]; -Infinity where every term is, while tfjs's own gives NaN there. */
export function logSumExp(x: Tensor): Tensor {
  const largest = detached(() => maximum(max(x, -1, true), constant(lowest)));
  return add(log(sum(exp(sub(x, largest)), -1, true)), largest);
}
