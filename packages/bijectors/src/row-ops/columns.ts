import { defineRowOp } from "@flows/core";
import { gather, indices as positions, columns as slice, type Tensor, zeros } from "@flows/core/ops";

const contiguous = (list: readonly number[]): boolean => list.every((v, i) => v === list[0]! + i);

/** y[i] = x[indices[i]]: picks columns of rows [batch, width]. Adds nothing to the log-det. */
export const columns = defineRowOp<{ readonly indices: readonly number[] }>(
  "columns",
  (_rows, { indices }) => [indices.length],
  ([x], _params, { indices }) => [pick(x!, indices), zeros([x!.shape[0]!])],
);

/** A slice where the columns lie side by side: its gradient is cheaper than gather's. */
function pick(x: Tensor, indices: readonly number[]): Tensor {
  return contiguous(indices) ? slice(x, indices[0] ?? 0, indices.length) : gather(x, positions(indices), 1);
}
