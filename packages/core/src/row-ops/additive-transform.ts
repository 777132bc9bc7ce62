import type { Examples } from "../contracts/index.js";
import { type Directed, directions, isForward } from "./directed.js";
import { rowOpSpec } from "./row-op-spec.js";

/** x = z + shift, or back; reads z and the shift. */
export const additiveTransformSpec = rowOpSpec<Directed>({
  op: "additiveTransform",
  words: (step) => [isForward(step)],
});

export const additiveTransformExamples: Examples<Directed> = (n) => directions.map((direction) => ({ rows: [n, n], attrs: { direction } }));
