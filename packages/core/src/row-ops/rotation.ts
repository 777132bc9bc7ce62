import type { Examples } from "../contracts/index.js";
import { type Directed, directions, isForward } from "./directed.js";
import { rowOpSpec } from "./row-op-spec.js";

/** The plane turned by an angle, or back. */
export const rotationSpec = rowOpSpec<Directed>({
  op: "rotation",
  params: ["angle"],
  words: (step) => [isForward(step)],
});

export const rotationExamples: Examples<Directed> = (n) =>
  n === 2 ? directions.map((direction) => ({ rows: [2], params: [[1]], attrs: { direction } })) : [];
