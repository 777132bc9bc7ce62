import { rowOpSpec } from "./row-op-spec.js";

/** x = z + beta (z - center) / (alpha + |z - center|). */
export const radialSpec = rowOpSpec({
  op: "radial",
  params: ["center", "logAlpha", "rawBeta"],
  at: (n) => [{ rows: [n], params: [[n], [1], [1]], attrs: {} }],
});
