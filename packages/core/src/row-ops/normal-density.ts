import type { Examples } from "../contracts/index.js";
import { rowOpSpec } from "./row-op-spec.js";

/** The log-density of a standard normal goes to the log-dets. */
export const normalDensitySpec = rowOpSpec({ op: "normalDensity", widths: () => [] });

export const normalDensityExamples: Examples<{}> = (n) => [{ rows: [n], attrs: {} }];
