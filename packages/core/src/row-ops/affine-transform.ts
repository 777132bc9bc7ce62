import type { Examples } from "../contracts/index.js";
import { type Directed, directions, isForward } from "./directed.js";
import { rowOpSpec } from "./row-op-spec.js";

export interface AffineTransformAttrs extends Directed {
  /** Bounds the log-scale; 0 leaves it free. */
  readonly clamp: number;
}

/** x = z e^s + shift, or back; reads z [n] and raw [2 n], first the shifts, then what s is made of. */
export const affineTransformSpec = rowOpSpec<AffineTransformAttrs>({
  op: "affineTransform",
  words: (step) => [isForward(step), { float: step.attrs.clamp }],
});

export const affineTransformExamples: Examples<AffineTransformAttrs> = (n) =>
  directions.flatMap((direction) => [0, 0.8].map((clamp) => ({ rows: [n, 2 * n], attrs: { direction, clamp } })));
