import type { Examples } from "../contracts/index.js";
import { rowOpSpec } from "./row-op-spec.js";

/** x = z + beta (z - center) / (alpha + |z - center|). */
export const radialSpec = rowOpSpec({
  op: "radial",
  params: ["center", "logAlpha", "rawBeta"],
});

export const radialExamples: Examples<{}> = (n) => [{ rows: [n], params: [[n], [1], [1]], attrs: {} }];
