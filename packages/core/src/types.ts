import type { Tensor } from "@tensorflow/tfjs-core";
import type { View } from "./modules/params.js";
import type { ProgramBuilder } from "./programs/builder.js";
import type { Register } from "./programs/program.js";

export type Shape = readonly number[];
/** `forward` makes data from noise (samples), `inverse` makes noise from data (scores). */
export type Direction = "forward" | "inverse";
/** What a map gives: the new rows and log|det J| of every row, [batch]. */
export type Transformed = [value: Tensor, logDet: Tensor];

/** New state by view, collected while a step runs and applied once the step proved finite. */
export type Updates = Map<View, Tensor>;

/** What one evaluation brings along. Composites hand it to their children as it is. */
export interface Call {
  /** [batch, contextFeatures] */
  readonly context?: Tensor | undefined;
  /** True only inside fit. */
  readonly training?: boolean | undefined;
  readonly updates?: Updates | undefined;
}

/** What a formula sees of the call: bound to its own module, whose state is the only state it can update. */
export interface Scope extends Call {
  readonly training: boolean;
  update(name: string, value: Tensor): void;
}

export type Children = Readonly<Record<string, Module | readonly Module[]>>;

/** Data plus formulas. A module owns its children; `config` rebuilds it. */
export interface Module<Config = unknown> extends Disposable {
  /** "flows/affine", "acme/sinh-arcsinh" */
  readonly type: string;
  /** Frozen; finite JSON values and child modules. */
  readonly config: Config;
  readonly children: Children;
  dispose(): void;
}

/** An invertible map on rows [batch, ...event]. Both directions return value and log|det J| in one pass. */
export interface Bijector<Config = unknown> extends Module<Config> {
  readonly contextFeatures: number;
  /** Which directions are closed formulas; the other one is numerical, to a stated tolerance. */
  readonly analytic: "both" | Direction;
  forward(z: Tensor, call?: Call): Transformed;
  inverse(x: Tensor, call?: Call): Transformed;
  /** The event shape after the map; throws on what it cannot take. */
  forwardShape(event: Shape): Shape;
  inverseShape(event: Shape): Shape;
  /** Writes the map into a program, or refuses. */
  lower(program: ProgramBuilder, x: Register, direction: Direction): Register;
  /** Data-dependent initialisation on rows of data; returns the rows on the noise side. */
  start(x: Tensor, call?: Call): Tensor;
}

/** A network: rows [batch, features] to raw parameters [batch, outputs]. */
export interface Conditioner<Config = unknown> extends Module<Config> {
  readonly features: number;
  readonly outputs: number;
  readonly contextFeatures: number;
  apply(x: Tensor, call?: Call): Tensor;
  lower(program: ProgramBuilder, x: Register): Register;
}

/**
 * An elementwise map whose raw parameters come from a network.
 * raw is [batch, paramCount * features], one block of `features` columns for each parameter.
 */
export interface Transformer<Config = unknown> extends Module<Config> {
  readonly paramCount: number;
  forward(z: Tensor, raw: Tensor): Transformed;
  inverse(x: Tensor, raw: Tensor): Transformed;
  lower(program: ProgramBuilder, x: Register, raw: Register, direction: Direction): Register;
}

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
  start(x: Tensor, call?: Call): Tensor;
}
