import { rowOpSpec } from "./row-op-spec.js";

/** The log-density of a standard normal goes to the log-dets. */
export const normalDensitySpec = rowOpSpec({ op: "normalDensity", widths: () => [], at: (n) => [{ rows: [n], attrs: {} }] });
