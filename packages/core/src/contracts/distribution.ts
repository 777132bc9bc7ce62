import type { Tensor } from "@tensorflow/tfjs-core";
import type { ProgramBuilder } from "./builder.js";
import type { Call } from "./call.js";
import type { Module } from "./module.js";
import type { Register } from "./register.js";
import type { Shape } from "./shape.js";

export interface SampleOptions {
  /** A whole number from 0 to 2^53 - 1. */
  readonly seed: number;
  /** The number of the first row: rows first .. first + n - 1 of the seed. Default 0. */
  readonly first?: number | undefined;
  /** [n, contextFeatures] or one row for all. */
  readonly context?: Tensor | undefined;
  /** Scales the base's spread; 1 is the model's own distribution. */
  readonly temperature?: number | undefined;
}

/** What the formula of a sampler is told. */
export interface Sampling extends SampleOptions {
  /** False where nobody wants the sample's log-density: a formula may then leave it out. */
  readonly density: boolean;
}

/** Something with a density and samples: a base, a flow, a mixture. */
export interface Distribution<Config = unknown> extends Module<Config> {
  readonly eventShape: Shape;
  readonly contextFeatures: number;
  /** Samples carry gradients of the parameters. */
  readonly reparameterized: boolean;
  /** [batch] */
  logProb(x: Tensor, call?: Call): Tensor;
  sample(n: number, options?: SampleOptions): Tensor;
  sampleAndLogProb(n: number, options?: SampleOptions): [sample: Tensor, logProb: Tensor];
  /** Adds the log-density of a program's rows to their log-dets, or refuses. */
  lower(program: ProgramBuilder, x: Register): void;
  initialise(x: Tensor, call?: Call): Tensor;
}
