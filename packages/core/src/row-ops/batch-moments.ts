import type { Examples } from "../contracts/index.js";
import { rowOpSpec } from "./row-op-spec.js";

export interface BatchMomentsAttrs {
  /** What the batch weighs in the running moments. */
  readonly momentum: number;
}

/** Mean and variance of each column over the batch; writes the new running ones, and then these. */
export const batchMomentsSpec = rowOpSpec<BatchMomentsAttrs>({
  op: "batchMoments",
  params: ["mean", "variance"],
  state: ["mean", "variance"],
  widths: ([n]) => [n!, n!, n!, n!],
  barrier: true,
  words: ({ attrs }) => [{ float: attrs.momentum }],
});

export const batchMomentsExamples: Examples<BatchMomentsAttrs> = (n) => [{ rows: [n], params: [[n], [n]], attrs: { momentum: 0.1 } }];
