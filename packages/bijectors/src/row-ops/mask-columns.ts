import { defineRowOp } from "@flows/core";
import { zeros } from "@flows/core/ops";
import { columns } from "./columns.js";
import { scatterColumns } from "./scatter-columns.js";

/** y = x where the mask is 1, and exactly 0 elsewhere, whatever x is there. Adds nothing to the log-det. */
export const maskColumns = defineRowOp<{ readonly mask: readonly number[] }>(
  "maskColumns",
  ([width]) => [width!],
  ([x], _params, { mask }) => {
    const [left, right] = [positionsOf(mask, 1), positionsOf(mask, 0)];
    const [kept] = columns([x!], [], { indices: left });
    return scatterColumns([kept, zeros([x!.shape[0]!, right.length])], [], { left, right });
  },
);

/** Where a mask has this value. */
export const positionsOf = (mask: readonly number[], value: 0 | 1): readonly number[] => mask.flatMap((m, i) => (m === value ? [i] : []));
