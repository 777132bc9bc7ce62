import { wholeNumber } from "../checks.js";
import { fail } from "../errors.js";
import type { BatchLike } from "../host/batch.js";
import { adamOptions } from "../optim/adam.js";
import { callable, checkOptions, type Option, type OptionsOf, optionTable, whole } from "../options.js";
import { checkSeed } from "../random/index.js";
import { type Averaging, checkAveraging } from "./averaging.js";
import { checkSchedule, type Schedule } from "./schedule.js";

/** What is told every `logEvery` steps of any training. */
export interface Progress {
  readonly step: number;
  /** Steps in all, where they are known. */
  readonly steps: number | undefined;
  readonly epoch: number;
  /** The mean training loss of the steps since the last report; NaN where all were skipped. */
  readonly loss: number;
  readonly learningRate: number;
  readonly skipped: number;
  readonly seconds: number;
}

/** What is told every `logEvery` steps of `train`. */
export interface TrainReport extends Progress {
  /** The last validation loss, where one was taken. */
  readonly validationLoss: number | undefined;
}

/** What is told every `logEvery` steps of `fit`; losses are in nats. */
export interface StepReport extends Progress {
  /** The last validation NLL, where one was taken. */
  readonly validationNll: number | undefined;
}

/** Writes a file that `resume` takes. */
export interface Checkpoint {
  readonly every: number;
  readonly write: (bytes: Uint8Array) => Promise<void>;
}

const option = <T, U extends T | undefined>(help: string, usual: U, check: Option<T, U>["check"]): Option<T, U> => ({ help, usual, check });
const shaped =
  <T>(text: string, fits: (value: T) => boolean): Option<T>["check"] =>
  (where, name, value) =>
    fits(value) || fail("config", where, `${name} must be ${text}, got ${typeof value}.`);

const duration = optionTable(() => ({
  steps: whole("How many steps; give this or epochs.", 2000),
  epochs: whole("How many times all rows are gone through.", undefined),
}));
const method = optionTable(() => ({
  ...adamOptions,
  schedule: option<Schedule, Schedule>(
    "How the learning rate goes: constant or cosine, after a warm-up.",
    { kind: "constant" },
    checkSchedule,
  ),
  freeze: option<readonly string[], readonly string[]>(
    "Paths of numbers that stay as they are, with all below them, such as bijector.bijectors.0.",
    [],
    shaped("a list of paths", Array.isArray),
  ),
  averaging: option<Averaging, undefined>("Averages the weights over steps: exponential, or a tail's mean.", undefined, checkAveraging),
  patience: whole("Stops after so many evaluations without a better one.", undefined),
  evaluateEvery: whole("Steps between evaluations. By default an epoch, or more so that there are at most 200.", undefined),
  logEvery: whole("Steps between reading the loss.", 10),
  seed: option<number, number>("Of initial values, split and order; a whole number from 0 to 2^53 - 1.", 0, (where, _name, value) =>
    checkSeed(value, where),
  ),
}));
const control = optionTable(() => ({
  signal: option<AbortSignal, undefined>(
    "Ends the training after the step at hand; it resolves with stopped aborted.",
    undefined,
    shaped("an AbortSignal", (value) => "aborted" in value),
  ),
  checkpoint: option<Checkpoint, undefined>(
    "Hands over a file that resume takes every so many steps, and when aborted.",
    undefined,
    (where, name, { every }) => wholeNumber(where, `${name}.every`, every),
  ),
  resume: option<Uint8Array, undefined>(
    "A checkpoint of the same model, data and options: goes on to the same numbers as if never interrupted.",
    undefined,
    shaped("the bytes of a checkpoint", ArrayBuffer.isView),
  ),
}));

/** What `train` can be told in data; the functions that go with a loss are `TrainFunctions`. */
export const trainOptions = optionTable(() => ({
  ...duration,
  ...method,
  onStep: callable<(report: TrainReport) => void>("Is told how it goes, every logEvery steps."),
  ...control,
}));

/** What `fit` can be told. */
export const fitOptions = optionTable(() => ({
  ...duration,
  batch: whole("Rows a step.", 256, 2),
  ...method,
  validation: option<number | BatchLike, undefined>(
    "The fraction of rows to hold back, or rows; the weights that validate best are kept. By default 0.1 of 100 rows or more.",
    undefined,
    (where, name, value) =>
      typeof value !== "number" ||
      (value >= 0 && value < 1) ||
      fail("config", where, `${name} must be a fraction from 0 to below 1, or rows; got ${value}.`),
  ),
  onStep: callable<(report: StepReport) => void>("Is told how it goes, every logEvery steps."),
  ...control,
}));
export type FitOptions = OptionsOf<typeof fitOptions>;

/** Options with their defaults, checked. */
export type Settings = ReturnType<typeof settingsOf>;

/** Checks options by their table, and fills in what is the default of every training. */
export function settingsOf(
  where: string,
  table: Readonly<Record<string, Option<unknown>>>,
  options: Omit<OptionsOf<typeof trainOptions>, "onStep">,
) {
  checkOptions(where, table, options);
  const { epochs } = options;
  if (options.steps !== undefined && epochs !== undefined) fail("config", where, "give steps or epochs, not both.");
  return {
    ...options,
    steps: options.steps ?? (epochs === undefined ? trainOptions.steps.usual : undefined),
    epochs,
    learningRate: options.learningRate ?? trainOptions.learningRate.usual,
    schedule: options.schedule ?? trainOptions.schedule.usual,
    freeze: options.freeze ?? trainOptions.freeze.usual,
    logEvery: options.logEvery ?? trainOptions.logEvery.usual,
    seed: options.seed ?? trainOptions.seed.usual,
  };
}

/** The settings that decide the numbers, as plain data: what a resumed training must share. */
export function decisive(settings: Settings): Record<string, unknown> {
  const names = new Set(Object.keys({ ...duration, ...method }));
  return Object.fromEntries(Object.entries(settings).filter(([name]) => names.has(name)));
}
