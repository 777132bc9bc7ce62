import type { Tensor } from "@tensorflow/tfjs-core";
import type { Bijector, Call, Direction, Distribution, Module, ProgramBuilder, Register, Shape, Transformed } from "../contracts/index.js";
import { callFor } from "../modules/call.js";
import { layersIn } from "../modules/layers.js";

/** One map on the way of some rows: what it writes into a program, and how it runs without one. */
export interface Link {
  readonly module: Module;
  readonly contextFeatures: number;
  lower(program: ProgramBuilder, x: Register): Register;
  run(rows: Tensor, call: Call): Transformed;
  /** The event shape after it; throws on what it cannot take. */
  after(event: Shape): Shape;
}

/** The maps of a bijector in the order in which rows meet them, chains and inversions opened. */
export const linksOf = (bijector: Bijector, direction: Direction): readonly Link[] =>
  layersIn(bijector, direction).map((one) => linkOf(one.layer, one.direction));

const linkOf = (bijector: Bijector, direction: Direction): Link => ({
  module: bijector,
  contextFeatures: bijector.contextFeatures,
  lower: (program, x) => bijector.lower(program, x, direction),
  run: (rows, call) => bijector[direction](rows, call),
  after: direction === "forward" ? bijector.forwardShape : bijector.inverseShape,
});

/** The end of a way from data to noise: the rows stay, their log-density joins the log-dets. */
export const densityLink = (base: Distribution): Link => ({
  module: base,
  contextFeatures: base.contextFeatures,
  lower: (program, z) => {
    base.lower(program, z);
    return z;
  },
  run: (z, call) => [z, base.logProb(z, callFor(base, call))],
  after: (event) => event,
});
