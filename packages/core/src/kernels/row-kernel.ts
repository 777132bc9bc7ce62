import type { Step } from "../programs/program.js";

/** What a step sees of memory: registers, parameters and the rows' log-dets. Float64Array on a float64 backend. */
export interface Frame {
  readonly reads: readonly Float32Array[];
  readonly writes: readonly Float32Array[];
  readonly params: readonly Float32Array[];
  readonly logDet: Float32Array;
}

/**
 * A kernel that works row by row, written once for two uses: a step of a program, or an op on the tape.
 * Rows `from` up to `to`; a register is [rows, width] row-major, or one row that all share.
 * `forward` adds to `logDet`; `backward` adds to the adjoints of what was read and of the parameters.
 */
export interface RowKernel {
  readonly op: string;
  forward(frame: Frame, step: Step, from: number, to: number): void;
  backward(frame: Frame, adjoint: Frame, step: Step, from: number, to: number): void;
}
