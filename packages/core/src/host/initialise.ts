import { tidy } from "@tensorflow/tfjs-core";
import type { Distribution } from "../contracts/index.js";
import { checkContext, checkFlow, checkRows } from "./check.js";
import { contextTensor } from "./chunks.js";
import { type Rows, type RowsLike, range, rowsTensor } from "./rows.js";

/** How many rows a data-dependent initialisation looks at. */
export const initialRows = 1024;

/**
 * Data-dependent initialisation: lets layers such as ActNorm fit themselves to the first 1,024 rows. `fit` calls it; a layer
 * that has started stays as it is.
 *
 * @example
 * await initialise(model, rows);
 */
export async function initialise(flow: Distribution, rows: RowsLike, context?: RowsLike): Promise<void> {
  checkFlow("initialise", flow);
  const x = checkRows("initialise", flow, rows);
  initialiseFrom(flow, x, checkContext("initialise", flow, context, x.shape[0]));
}

/** `initialise` on rows that were checked. */
export function initialiseFrom(flow: Distribution, x: Rows, context: Rows | undefined): void {
  const n = Math.min(initialRows, x.shape[0]);
  if (n === 0) return;
  tidy(() => {
    flow.initialise(rowsTensor(range(x, 0, n)), { context: contextTensor(context, 0, n) });
  });
}
