import type { Tensor } from "@tensorflow/tfjs-core";
import type { Program } from "./program.js";

/** What a program gives. */
export interface ProgramRun {
  readonly value: Tensor;
  /** [rows] */
  readonly logDet: Tensor;
  /** New state: a tensor for each of the program's renewals. */
  readonly renewed: readonly Tensor[];
  /** What `pull` needs; nobody looks at it where nothing was to be saved. */
  readonly saved: readonly Tensor[];
}

/** What the loss sum_i slopes_i logDet_i of a program gives. */
export interface ProgramGradient {
  readonly loss: Tensor;
  /** By each trained buffer. */
  readonly gradients: readonly Tensor[];
  readonly renewed: readonly Tensor[];
}

/**
 * What runs whole programs. It reads a program's buffers itself: they are Variables, which nobody assigns to between a loss and its
 * gradient. All tensors that it gives are new.
 */
export interface ProgramEngine {
  /** Row ops that it has kernels for: a program with another one runs layer by layer. */
  readonly ops: ReadonlySet<string>;
  /** Runs rows [n, width], and a context [n, width] where the program has one; `saving` keeps what `pull` needs. */
  run(program: Program, inputs: readonly Tensor[], saving: boolean): ProgramRun;
  /** The gradients by the inputs and each trained buffer. An engine that only scores and draws has none. */
  pull?(program: Program, saved: readonly Tensor[], dValue: Tensor, dLogDet: Tensor): readonly Tensor[];
  /** The loss sum_i slopes_i logDet_i, its gradients and the new state, where the engine has a shorter way than `run` and `pull`. */
  gradient?(program: Program, inputs: readonly Tensor[], slopes: Tensor): ProgramGradient;
}
