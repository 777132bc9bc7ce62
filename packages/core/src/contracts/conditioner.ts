import type { Tensor } from "@tensorflow/tfjs-core";
import type { ProgramBuilder } from "./builder.js";
import type { Call } from "./call.js";
import type { Module } from "./module.js";
import type { Register } from "./register.js";

/** A network: rows [batch, features] to raw parameters [batch, outputs]. */
export interface Conditioner<Config = unknown> extends Module<Config> {
  readonly features: number;
  readonly outputs: number;
  readonly contextFeatures: number;
  apply(x: Tensor, call?: Call): Tensor;
  lower(program: ProgramBuilder, x: Register): Register;
}
