import type { Examples } from "../contracts/index.js";
import { COLUMN } from "./column.js";
import { type Directed, directions, isForward } from "./directed.js";
import { rowOpSpec } from "./row-op-spec.js";

export interface LinearLuAttrs extends Directed {
  /** x[i] comes from row order[i]. */
  readonly order: readonly number[];
  /** Of the diagonal, 1 or -1 each. */
  readonly signs: readonly number[];
}

/** x = P L (U + diag s) z + shift, or back; the triangles' numbers row by row. */
export const linearLuSpec = rowOpSpec<LinearLuAttrs>({
  op: "linearLU",
  params: ["lower", "upper", "logScale", "shift"],
  words: (step) => [isForward(step), ...step.attrs.order, ...step.attrs.signs.map((float) => ({ float }))],
  scratch: ({ reads }) => 3 * COLUMN * reads[0]!.width,
});

export const linearLuExamples: Examples<LinearLuAttrs> = (n) => {
  const all = Array.from({ length: n }, (_, i) => i);
  const fixed = { order: all.map((i) => (i + 2) % n), signs: all.map((i) => (i % 2 === 0 ? 1 : -1)) };
  const params = [[(n * (n - 1)) / 2], [(n * (n - 1)) / 2], [n], [n]];
  return directions.map((direction) => ({ rows: [n], params, attrs: { direction, ...fixed } }));
};
