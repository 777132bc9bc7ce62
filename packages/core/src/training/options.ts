import { finiteNumber, oneOf, wholeNumber } from "../checks.js";
import { fail } from "../errors.js";
import type { BatchLike } from "../host/batch.js";
import type { AdamOptions } from "../optim/adam.js";
import { checkSeed } from "../random/index.js";
import type { Schedule } from "./schedule.js";

/**
 * Averages of the weights over steps; the average is what is validated and kept.
 * exponential: average += (1 - decay) (weights - average), faster over the first steps; default decay 0.999.
 * tail: the plain mean of the steps from the fraction `from` of the fit on; default 0.5.
 */
export type Averaging =
  | { readonly kind: "exponential"; readonly decay?: number | undefined }
  | { readonly kind: "tail"; readonly from?: number | undefined };

/** What is told every `logEvery` steps. */
export interface StepReport {
  readonly step: number;
  /** Steps in all, where they are known. */
  readonly steps: number | undefined;
  readonly epoch: number;
  /** The mean training loss of the steps since the last report, in nats; NaN where all were skipped. */
  readonly loss: number;
  readonly learningRate: number;
  readonly skipped: number;
  /** The last validation NLL, where one was taken. */
  readonly validationNll: number | undefined;
  readonly seconds: number;
}

export interface FitOptions extends AdamOptions {
  /** How many steps; give this or `epochs`. Default 2,000. */
  readonly steps?: number | undefined;
  /** How many times all rows are gone through. */
  readonly epochs?: number | undefined;
  /** Rows a step. Default 256. */
  readonly batch?: number | undefined;
  /** Default constant. */
  readonly schedule?: Schedule | undefined;
  /** Paths that stay as they are, with all below them: "bijector.bijectors.0". */
  readonly freeze?: readonly string[] | undefined;
  readonly averaging?: Averaging | undefined;
  /** The fraction of rows to hold back, or rows. Default 0.1 of 100 rows or more. The weights that validate best are kept. */
  readonly validation?: number | BatchLike | undefined;
  /** Stops after so many evaluations without a better one. */
  readonly patience?: number | undefined;
  /** Steps between evaluations. Default: an epoch, or more so that there are at most 200. */
  readonly evaluateEvery?: number | undefined;
  /** Steps between reading the loss. Default 10. */
  readonly logEvery?: number | undefined;
  /** Of initial values, split and order; a whole number from 0 to 2^53 - 1. Default 0. */
  readonly seed?: number | undefined;
  readonly onStep?: ((report: StepReport) => void) | undefined;
  /** Ends the fit after the step at hand; it resolves with stopped "aborted". */
  readonly signal?: AbortSignal | undefined;
  /** Hands over a file that `resume` takes every so many steps, and when aborted. */
  readonly checkpoint?: { readonly every: number; readonly write: (bytes: Uint8Array) => Promise<void> } | undefined;
  /** Goes on from a checkpoint of the same flow, data and options, to the same numbers as a fit that was never interrupted. */
  readonly resume?: Uint8Array | undefined;
}

const known = new Set(
  "steps epochs batch learningRate beta1 beta2 epsilon clip weightDecay schedule freeze averaging validation patience evaluateEvery logEvery seed onStep signal checkpoint resume".split(
    " ",
  ),
);

/** Options with their defaults, checked. */
export type Plan = ReturnType<typeof planOf>;

export function planOf(options: FitOptions) {
  for (const name of Object.keys(options))
    if (!known.has(name)) fail("config", "fit", `there is no option ${name}. Known: ${[...known].join(", ")}.`);
  const { epochs, patience, evaluateEvery, averaging, checkpoint, validation } = options;
  const { steps = epochs === undefined ? 2000 : undefined, batch = 256, learningRate = 1e-3, logEvery = 10, seed = 0 } = options;
  if (options.steps !== undefined && epochs !== undefined) fail("config", "fit", "give steps or epochs, not both.");
  const counts = { steps, epochs, patience, evaluateEvery, logEvery, "checkpoint.every": checkpoint?.every };
  for (const [name, count] of Object.entries(counts)) if (count !== undefined) wholeNumber("fit", name, count);
  wholeNumber("fit", "batch", batch, 2);
  finiteNumber("fit", "learningRate", learningRate, { least: 0 });
  checkSeed(seed, "fit");
  if (typeof validation === "number" && !(validation >= 0 && validation < 1))
    fail("config", "fit", `validation must be a fraction from 0 to below 1, or rows; got ${validation}.`);
  checkAveraging(averaging);
  const { schedule = { kind: "constant" } as Schedule, freeze = [] } = options;
  return { ...options, steps, epochs, batch, learningRate, logEvery, seed, schedule, freeze, evaluateEvery };
}

function checkAveraging(averaging: Averaging | undefined): void {
  if (!averaging) return;
  const kind = oneOf("fit", "averaging.kind", averaging.kind, ["exponential", "tail"]);
  const value = (averaging.kind === "exponential" ? averaging.decay : averaging.from) ?? 0;
  if (finiteNumber("fit", kind === "tail" ? "averaging.from" : "averaging.decay", value, { least: 0 }) >= 1)
    fail("config", "fit", `averaging.${kind === "tail" ? "from" : "decay"} must be below 1, got ${value}.`);
}

/** The options that decide the numbers of a fit, as plain data: what a resumed one must share. */
export function decisive(plan: Plan): Record<string, unknown> {
  const { steps, epochs, batch, learningRate, beta1, beta2, epsilon, clip, weightDecay } = plan;
  const { schedule, freeze, averaging, validation, patience, evaluateEvery, logEvery, seed } = plan;
  const numbers = { steps, epochs, batch, learningRate, beta1, beta2, epsilon, clip, weightDecay, patience, evaluateEvery, logEvery, seed };
  const held = validation === undefined || typeof validation === "number" ? validation : "rows";
  return { ...numbers, schedule, freeze, averaging, validation: held };
}
