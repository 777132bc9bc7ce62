import { tidy } from "@tensorflow/tfjs-core";
import type { Distribution } from "../contracts/index.js";
import { checkContext, checkFlow, checkRows } from "./check.js";
import { contextTensor } from "./chunks.js";
import { type Rows, type RowsLike, range, rowsTensor } from "./rows.js";

/** How many rows a data-dependent initialisation looks at. */
export const startRows = 1024;

/**
 * Data-dependent initialisation: lets layers such as ActNorm fit themselves to the first 1,024 rows. `fit` calls it; a layer
 * that has started stays as it is.
 *
 * @example
 * await start(model, rows);
 */
export async function start(flow: Distribution, rows: RowsLike, context?: RowsLike): Promise<void> {
  checkFlow("start", flow);
  const x = checkRows("start", flow, rows);
  startFrom(flow, x, checkContext("start", flow, context, x.shape[0]));
}

/** `start` on rows that were checked. */
export function startFrom(flow: Distribution, x: Rows, context: Rows | undefined): void {
  const n = Math.min(startRows, x.shape[0]);
  if (n === 0) return;
  tidy(() => {
    flow.start(rowsTensor(range(x, 0, n)), { context: contextTensor(context, 0, n) });
  });
}
