import { defineRowOp } from "@flows/core";
import { concat, gather, indices as positions, type Tensor, zeros } from "@flows/core/ops";

interface Places {
  readonly left: readonly number[];
  readonly right: readonly number[];
}

/** y[left[i]] = a[i], y[right[j]] = b[j]: puts two sets of columns back into one row. Adds nothing to the log-det. */
export const scatterColumns = defineRowOp<{ readonly left: readonly number[]; readonly right: readonly number[] }>(
  "scatterColumns",
  (_rows, { left, right }) => [left.length + right.length],
  ([a, b], _params, places) => [join(a!, b!, places), zeros([a!.shape[0]!])],
);

function join(a: Tensor, b: Tensor, { left, right }: Places): Tensor {
  if (ordered([...left, ...right])) return concat([a, b], 1);
  if (ordered([...right, ...left])) return concat([b, a], 1);
  const placed = [...left, ...right];
  return gather(concat([a, b], 1), positions(placed.map((_, i) => placed.indexOf(i))), 1);
}

const ordered = (list: readonly number[]): boolean => list.every((v, i) => v === i);
