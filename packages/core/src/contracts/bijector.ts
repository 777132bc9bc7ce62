import type { Tensor } from "@tensorflow/tfjs-core";
import type { ProgramBuilder } from "./builder.js";
import type { Call } from "./call.js";
import type { Module } from "./module.js";
import type { Register } from "./register.js";
import type { Direction, Shape, Transformed } from "./shape.js";

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
  initialise(x: Tensor, call?: Call): Tensor;
}
