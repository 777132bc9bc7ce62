import type { Examples } from "../contracts/index.js";
import { type Directed, directions, isForward } from "./directed.js";
import { rowOpSpec } from "./row-op-spec.js";

/** One shift and scale a column: x = z e^logScale + shift, or back. */
export const affineSpec = rowOpSpec<Directed>({
  op: "affine",
  params: ["shift", "logScale"],
  words: (step) => [isForward(step)],
});

export const affineExamples: Examples<Directed> = (n) =>
  directions.map((direction) => ({ rows: [n], params: [[n], [n]], attrs: { direction } }));
