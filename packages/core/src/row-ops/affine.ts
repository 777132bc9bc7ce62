import type { Examples } from "../contracts/index.js";
import { type Directed, directions, isForward } from "./directed.js";
import { rowOpSpec } from "./row-op-spec.js";

export interface AffineAttrs extends Directed {
  /** Of each column's factor, 1 or -1. Default all 1. */
  readonly signs?: readonly number[];
}

/** One shift and scale a column: x = sign z e^logScale + shift, or back. */
export const affineSpec = rowOpSpec<AffineAttrs>({
  op: "affine",
  params: ["shift", "logScale"],
  words: (step) => {
    const signs = step.attrs.signs ?? Array.from({ length: step.reads[0]!.width }, () => 1);
    return [isForward(step), ...signs.map((float) => ({ float }))];
  },
});

export const affineExamples: Examples<AffineAttrs> = (n) => {
  const signs = Array.from({ length: n }, (_, i) => (i % 2 === 0 ? -1 : 1));
  const attrs = directions.flatMap((direction) => [{ direction }, { direction, signs }]);
  return attrs.map((one) => ({ rows: [n], params: [[n], [n]], attrs: one }));
};
