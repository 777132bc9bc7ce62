import { defineRowOp } from "@flows/core";
import { concat, zeros } from "@flows/core/ops";

/** Rows side by side: [batch, a] and [batch, b] to [batch, a + b]. Adds nothing to the log-det. */
export const concatColumns = defineRowOp<{}>(
  "concat",
  (rows) => [rows.reduce((a, b) => a + b, 0)],
  (rows) => [concat(rows, 1), zeros([rows[0]!.shape[0]!])],
);
