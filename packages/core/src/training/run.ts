import type { Distribution } from "../contracts/index.js";
import type { Fault } from "../host/blame.js";
import type { Snapshot } from "../modules/snapshot.js";
import type { Optimizer } from "../optim/adam.js";
import type { Thawed } from "../optim/trainable.js";
import type { Averager } from "./averaging.js";
import type { Feed } from "./batches.js";
import type { Plan } from "./options.js";

/** Best weights so far. */
export interface Best {
  readonly nll: number;
  readonly step: number;
  readonly weights: Snapshot;
}

/** Where a fit stands: what a checkpoint holds beside the weights. */
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
  readonly trainNll: number[];
  readonly validationNll: number[];
  readonly learningRates: number[];
}

/** One fit at work. */
export interface Run {
  readonly flow: Distribution;
  readonly plan: Plan;
  readonly feed: Feed;
  readonly optimizer: Optimizer;
  readonly averager: Averager | undefined;
  readonly frozen: Thawed["frozen"];
  /** Steps in all, where they are known. */
  readonly total: number | undefined;
  readonly evaluateEvery: number;
  readonly at: Position;
  readonly started: number;
  readonly times: number[];
  best: Best | undefined;
  fault: Fault | undefined;
}

export const secondsOf = ({ at, started }: Run): number => at.earlier + (performance.now() - started) / 1000;
