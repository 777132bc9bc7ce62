import type { Examples } from "../contracts/index.js";
import { COLUMN } from "./column.js";
import { type Directed, directions, isForward } from "./directed.js";
import { rowOpSpec } from "./row-op-spec.js";

/** Reflections one after the other, x = H_k ... H_1 z with H = I - 2 v v^T / |v|^2, or back; v row by row. */
export const householderSpec = rowOpSpec<Directed>({
  op: "householder",
  params: ["v"],
  words: (step) => [isForward(step)],
  // Rows, their adjoints, and the share of the vector in each.
  scratch: ({ reads }) => 2 * COLUMN * (reads[0]!.width + 1),
});

export const householderExamples: Examples<Directed> = (n) =>
  directions.flatMap((direction) => [1, 3].map((reflections) => ({ rows: [n], params: [[reflections, n]], attrs: { direction } })));
