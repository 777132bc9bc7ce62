import type { OutlierDetector } from "@flows/diagnostics";
import type { Values } from "../command.js";
import { numberOption } from "../numbers.js";
import { misuse } from "../program/usage.js";

/** A rate of false alarms between 0 and 1. */
export function thresholdOption(values: Values): number | undefined {
  const rate = numberOption(values, "threshold", { above: 0 });
  if (rate === undefined || rate < 1) return rate;
  return misuse(`--threshold takes a rate of false alarms below 1, as in 0.01, got "${values.threshold}".`);
}

/** Which rows are flagged, in words. */
export function flaggedWords(flags: Uint8Array, { threshold, rate, heldOut }: OutlierDetector): string {
  const rows = Array.from(flags).flatMap((flag, i) => (flag === 1 ? [i + 1] : []));
  const named =
    rows.length === 0 ? "" : `: row${rows.length === 1 ? "" : "s"} ${rows.slice(0, 10).join(", ")}${rows.length > 10 ? ", ..." : ""}`;
  const share = `${rows.length} of ${flags.length.toLocaleString("en")} rows flagged${named}`;
  return `${share}\nflagged is a log-density below ${(-threshold).toFixed(4)}, which at most ${rate} of the data's rows have; measured on ${heldOut.toLocaleString("en")} test rows`;
}
