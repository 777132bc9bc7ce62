import type { Variable } from "@tensorflow/tfjs-core";
import { liveSession } from "../backend/session.js";
import type { Call, Module } from "../contracts/index.js";
import { fail } from "../errors.js";
import type { Fault } from "../host/diagnose.js";
import { inside, usable } from "../modules/inside.js";
import type { Snapshot } from "../modules/snapshot.js";
import { adam, type Optimizer } from "../optim/adam.js";
import { type Trainable, trainable } from "../optim/trainable.js";
import type { Pulled } from "../programs/loss-gradient.js";
import { type Averager, averager } from "./averaging.js";
import type { Batches } from "./batches.js";
import type { Settings, TrainReport } from "./options.js";
import { checkEnd } from "./schedule.js";
import { type Times, times } from "./times.js";

/** Which step it is, and what its gradients are wanted for. */
export interface PullStep {
  /** Steps taken before it. */
  readonly step: number;
  readonly seed: number;
  /** The Variables that are trained. */
  readonly buffers: readonly Variable[];
}

/**
 * The loss of a batch and its gradients. The call goes to the modules that are trained; its `draws` are the step's own random numbers.
 * Runs inside a tidy, at once: what it makes is freed.
 */
export type Pull<B> = (batch: B, call: Call, at: PullStep) => Pulled;

/** What goes with a loss, beside its gradients; all of it is optional. */
export interface TrainFunctions<B> {
  /** Data-dependent initialisation, before the first step; not where training is resumed. */
  readonly initialise?: (() => void) | undefined;
  /** The loss on training data in evaluation mode, taken down at every evaluation. */
  readonly trainLoss?: (() => Promise<number>) | undefined;
  /** The loss that decides which weights are kept. */
  readonly validate?: (() => Promise<number>) | undefined;
  /** Names what spoils a batch whose loss or gradient is not finite. */
  readonly diagnose?: ((batch: B) => Promise<Fault>) | undefined;
}

/** What is to be trained, on what, and how. */
export interface Task<B> extends TrainFunctions<B> {
  /** Whom errors speak of. */
  readonly where: string;
  readonly module: Module;
  readonly batches: Batches<B>;
  readonly pull: Pull<B>;
  readonly settings: Settings;
  /** What decides the numbers beside the settings, as plain data. */
  readonly deciding?: Readonly<Record<string, unknown>> | undefined;
  readonly onStep?: ((report: TrainReport) => void) | undefined;
}

/** Best weights so far. */
export interface Best {
  readonly loss: number;
  readonly step: number;
  readonly weights: Snapshot;
}

/** Where a training stands: what a checkpoint holds beside the weights. */
export interface Position {
  step: number;
  epoch: number;
  /** Batches of this epoch that are done. */
  inEpoch: number;
  /** Evaluations since the best one. */
  stale: number;
  skipped: number;
  /** Seconds before this process took over. */
  earlier: number;
  readonly evaluatedAt: number[];
  readonly trainLoss: number[];
  readonly validationLoss: number[];
  readonly learningRates: number[];
}

/** One training at work, whatever its batches are. */
export interface Run extends Omit<Task<unknown>, "pull" | "diagnose"> {
  /** The session whose memory holds it all. */
  readonly home: unknown;
  readonly optimizer: Optimizer;
  readonly averager: Averager | undefined;
  readonly frozen: Trainable["frozen"];
  /** Steps in all, where they are known. */
  readonly total: number | undefined;
  readonly evaluateEvery: number;
  readonly at: Position;
  readonly started: number;
  readonly times: Times;
  best: Best | undefined;
  fault: Fault | undefined;
}

/** One training at work on batches of a kind. */
export interface RunOn<B> extends Run, Pick<Task<B>, "pull" | "diagnose"> {
  readonly batches: Batches<B>;
}

/** The most evaluations that are made unless told otherwise. */
const mostEvaluations = 200;

/** Takes the memory that a training needs: Adam's moments, an average. Everything is checked before anything is taken. */
export function runOf<B>(task: Task<B>): RunOn<B> {
  const { where, module, settings, batches } = task;
  usable(module.type, inside(module));
  const total = settings.steps ?? (batches.perEpoch && settings.epochs && batches.perEpoch * settings.epochs);
  checkTotal(task, total);
  const { trained, frozen } = trainable(where, module, settings.freeze);
  const { learningRate, beta1, beta2, epsilon, clip, weightDecay } = settings;
  const optimizer = adam(trained, { learningRate, beta1, beta2, epsilon, clip, weightDecay });
  return {
    ...task,
    home: liveSession(),
    optimizer,
    frozen,
    total,
    averager: settings.averaging && averager(optimizer.packed, settings.averaging, total ?? 0),
    evaluateEvery: settings.evaluateEvery ?? cadence(batches.perEpoch, total),
    started: performance.now(),
    times: times(),
    best: undefined,
    fault: undefined,
    at: start(),
  };
}

const start = (): Position => ({
  step: 0,
  epoch: 0,
  inEpoch: 0,
  stale: 0,
  skipped: 0,
  earlier: 0,
  evaluatedAt: [],
  trainLoss: [],
  validationLoss: [],
  learningRates: [],
});

function checkTotal({ where, settings }: Pick<Run, "where" | "settings">, total: number | undefined): void {
  checkEnd(where, settings.schedule, total);
  if (settings.averaging?.kind === "tail" && total === undefined)
    fail("config", where, "a tail average over a source of batches must know its end. Give steps, not epochs.");
}

/** Whole epochs, but no more than 200 evaluations. */
function cadence(perEpoch = 1, total = 100 * mostEvaluations): number {
  const least = Math.ceil(total / mostEvaluations);
  return perEpoch * Math.ceil(least / perEpoch);
}

export const secondsOf = ({ at, started }: Pick<Run, "at" | "started">): number => at.earlier + (performance.now() - started) / 1000;

/** Refuses to go on with a model or a backend that somebody has disposed of. */
export function checkAlive({ where, module, home }: Pick<Run, "where" | "module" | "home">, cause?: unknown): void {
  const gone = inside(module).disposed ? module.type : liveSession() !== home ? "the backend" : undefined;
  if (gone)
    fail("disposed", where, `${gone} was disposed of during the training. Await its end first, or end it by its signal.`, { cause });
}
