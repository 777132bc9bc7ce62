import type { Examples } from "../contracts/index.js";
import { rowOpSpec } from "./row-op-spec.js";

/** The log-density of the uniform distribution on the unit cube goes to the log-dets: 0 inside, -Infinity outside. */
export const uniformDensitySpec = rowOpSpec({ op: "uniformDensity", widths: () => [] });

export const uniformDensityExamples: Examples<{}> = (n) => [
  { rows: [n], attrs: {}, domains: [[0, 1]] },
  { rows: [n], attrs: {} },
];
