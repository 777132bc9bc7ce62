import { detached } from "@flows/core/author";
import { add, constant, exp, greater, log, maximum, sub, sum, type Tensor, where } from "@flows/core/ops";
import { slice } from "@tensorflow/tfjs-core";

/** The lowest number that is finite in float32. */
const lowest = -3.4e38;
/** A term this far below the largest is lost in rounding; lower ones would be denormal in float32, which is slow. */
const lost = -80;

/** The largest of every column, [k, n] to [1, n], by halves: backend-wasm leaves tfjs's own maximum to JavaScript. */
function largestOf(x: Tensor): Tensor {
  const [k, n] = x.shape as [number, number];
  if (k === 1) return x;
  const half = Math.ceil(k / 2);
  return largestOf(maximum(slice(x, [0, 0], [half, n]), slice(x, [k - half, 0], [half, n])));
}

/**
 * log sum exp down the columns of one or several tensors [k, n] together, [1, n]; -Infinity where every term is, while tfjs's own
 * gives NaN there. Several are first combined place by place, so that the slow reductions see one of them only.
 */
export function logSumExp(parts: readonly Tensor[]): Tensor {
  const largest = detached(() => largestOf(parts.reduce(maximum)).clone());
  const finite = greater(largest, constant(lowest));
  const level = where(finite, largest, constant(lowest));
  const total = parts.map((part) => exp(maximum(sub(part, level), constant(lost)))).reduce(add);
  return where(finite, add(log(sum(total, 0, true)), level), largest);
}
