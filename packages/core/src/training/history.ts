import type { Fault } from "../host/diagnose.js";
import type { ProgramSummary } from "../host/programs.js";
import { type Run, secondsOf } from "./run.js";

export type Stopped = "steps" | "epochs" | "patience" | "aborted" | "nonfinite";

/** What `train` did, as plain data. */
export interface TrainHistory {
  readonly steps: number;
  /** Epochs gone through whole. */
  readonly epochs: number;
  readonly seed: number;
  /** The steps after which the entries of the lists were taken. */
  readonly evaluatedAt: readonly number[];
  /** Empty without `trainLoss`. */
  readonly trainLoss: readonly number[];
  /** Empty without `validate`. */
  readonly validationLoss: readonly number[];
  readonly learningRates: readonly number[];
  /** The step whose weights were kept, where there was a validation. */
  readonly bestStep: number | undefined;
  /** Steps that changed nothing because loss or gradient was not finite. */
  readonly skipped: number;
  readonly stopped: Stopped;
  /** Where the numbers stopped being finite, where that ended the training. */
  readonly fault: Fault | undefined;
  /** Time of all parts of the training, also before it was resumed. */
  readonly seconds: number;
  /**
   * Time of the steps since the start or the resumption; dispatch only on backends that compute later. The median is of up to 1,024 steps
   * at even distances: all of them at first, then every second, every fourth, and so on.
   */
  readonly stepMs: { readonly min: number; readonly median: number };
}

/** What `fit` did. Every NLL is in evaluation mode and in nats. */
export interface History extends Omit<TrainHistory, "trainLoss" | "validationLoss"> {
  /** On at most 1,024 of the training rows. */
  readonly trainNll: readonly number[];
  /** Empty without validation rows. */
  readonly validationNll: readonly number[];
  /** What of a step ran as a program on the backend, and what by itself, and why. */
  readonly programs: ProgramSummary;
  /** Columns that no density fits well as they are, in words: constant, copies, sums of others, mostly one value, far from 0, rounded by float32. */
  readonly warnings: readonly string[];
}

export function historyOf(run: Run, stopped: Stopped): TrainHistory {
  const { step: steps, epoch: epochs, evaluatedAt, trainLoss, validationLoss, learningRates, skipped } = run.at;
  return {
    steps,
    epochs,
    seed: run.settings.seed,
    evaluatedAt,
    trainLoss,
    validationLoss,
    learningRates,
    bestStep: run.best?.step,
    skipped,
    stopped,
    fault: run.fault,
    seconds: secondsOf(run),
    stepMs: run.times.summary(),
  };
}
