import type { Tensor } from "@tensorflow/tfjs-core";
import type { ProgramBuilder } from "./builder.js";
import type { Module } from "./module.js";
import type { Register } from "./register.js";
import type { Direction, Transformed } from "./shape.js";

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
