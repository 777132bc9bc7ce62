import type { OwnRows } from "./kernel.js";

/** assembly/rows/batch-moments.ts */
export const batchMomentsRows: OwnRows = {
  op: "batchMoments",
  forward: "batchMomentsForward",
  backward: "batchMomentsBackward",
  settings: ({ attrs }) => [{ float: attrs.momentum as number }],
};
