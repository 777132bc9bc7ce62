import type { Variable } from "@tensorflow/tfjs-core";
import type { Draw } from "./draws.js";
import type { Module } from "./module.js";
import type { View } from "./params.js";
import type { Register } from "./register.js";
import type { Step } from "./row-op.js";
import type { Direction } from "./shape.js";

/** A bijector inside a program: which register it took, and which it gave. */
export interface Member {
  readonly module: Module;
  readonly direction: Direction;
  readonly input: Register;
  readonly output: Register;
  /** The member that it is a part of. */
  readonly parent: number | undefined;
}

/** A register of random numbers, drawn for every row before the program runs. */
export interface Noise extends Draw {
  readonly register: Register;
}

/** A chain of bijectors as steps over registers. */
export interface Program {
  readonly steps: readonly Step[];
  readonly registers: readonly Register[];
  readonly input: Register;
  readonly context: Register | undefined;
  readonly output: Register;
  /** Registers that come in as tensors: the rows, a context, random numbers. */
  readonly inputs: readonly Register[];
  /** In the order in which they are drawn. */
  readonly noises: readonly Noise[];
  readonly members: readonly Member[];
  readonly buffers: readonly Variable[];
  readonly renewals: readonly Renewal[];
}

/** New state: a whole buffer, in which some numbers are replaced by registers. */
export interface Renewal {
  readonly view: View;
  readonly values: readonly { readonly offset: number; readonly register: Register }[];
}
