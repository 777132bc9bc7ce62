import type { Fault } from "../host/blame.js";

export type Stopped = "steps" | "epochs" | "patience" | "aborted" | "nonfinite";

/** What a fit did, as plain data. Every NLL is in evaluation mode and in nats. */
export interface History {
  readonly steps: number;
  /** Epochs gone through whole. */
  readonly epochs: number;
  readonly seed: number;
  /** The steps after which the entries of the lists below were taken. */
  readonly evaluatedAt: readonly number[];
  /** On at most 1,024 of the training rows. */
  readonly trainNll: readonly number[];
  /** Empty without validation rows. */
  readonly validationNll: readonly number[];
  readonly learningRates: readonly number[];
  /** The step whose weights were kept, where there were validation rows. */
  readonly bestStep: number | undefined;
  /** Steps that changed nothing because loss or gradient was not finite. */
  readonly skipped: number;
  readonly stopped: Stopped;
  /** Where the numbers stopped being finite, where that ended the fit. */
  readonly fault: Fault | undefined;
  /** Time of all parts of the fit, also before it was resumed. */
  readonly seconds: number;
  /** Time of the steps since the start or the resumption; dispatch only on backends that compute later. */
  readonly stepMs: { readonly min: number; readonly median: number };
}

/** The least and the middle of some times; 0 where there are none. */
export function timesOf(times: readonly number[]): History["stepMs"] {
  const sorted = Float64Array.from(times).sort();
  return { min: sorted[0] ?? 0, median: sorted[Math.floor(sorted.length / 2)] ?? 0 };
}
