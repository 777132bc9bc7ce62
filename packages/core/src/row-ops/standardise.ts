import type { Examples } from "../contracts/index.js";
import { type Directed, directions, isForward } from "./directed.js";
import { rowOpSpec } from "./row-op-spec.js";

export interface StandardiseAttrs extends Directed {
  /** Added to the variance. */
  readonly epsilon: number;
}

/** Batch normalisation by the running moments, or by those of the batch, which it then reads beside the rows. */
export const standardiseSpec = rowOpSpec<StandardiseAttrs>({
  op: "standardise",
  params: ["shift", "logScale", "mean", "variance"],
  state: ["mean", "variance"],
  words: (step) => [isForward(step), { float: step.attrs.epsilon }],
});

export const standardiseExamples: Examples<StandardiseAttrs> = (n) =>
  directions.flatMap((direction) => {
    const both = { params: [[n], [n], [n], [n]], attrs: { direction, epsilon: 1e-3 } };
    const [any, spread] = [undefined, [0, Number.POSITIVE_INFINITY]] as const;
    return [
      { ...both, rows: [n], domains: [any, any, any, any, spread] },
      { ...both, rows: [n, n, n], shared: 1, domains: [any, any, spread, any, any, any, spread] },
    ];
  });
