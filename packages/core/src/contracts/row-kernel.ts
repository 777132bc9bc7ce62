import type { RowOpSpec, Step } from "./row-op.js";

/** What a step sees of memory: registers, parameters and the rows' log-dets. Float64Array on a float64 backend. */
export interface Frame {
  readonly reads: readonly Float32Array[];
  readonly writes: readonly Float32Array[];
  readonly params: readonly Float32Array[];
  readonly logDet: Float32Array;
}

/** A row kernel as two compiled functions `(step, from, to)`, by their names; `step` is the address of a struct that an engine lays out. */
export interface CompiledRows {
  readonly forward: string;
  readonly backward: string;
}

/** Compiled code, and what it exports. */
export interface Binary extends CompiledRows {
  readonly bytes: Uint8Array;
}

/**
 * A kernel that works row by row, written once for two uses: a step of a program, or an op on the tape.
 * Rows `from` up to `to`; a register is [rows, width] row-major, or one row that all share.
 * `forward` adds to `logDet`; `backward` adds to the adjoints of what was read and of the parameters.
 */
export interface RowKernel<A = unknown> {
  readonly spec: RowOpSpec<A>;
  forward(frame: Frame, step: Step<A>, from: number, to: number): void;
  backward(frame: Frame, adjoint: Frame, step: Step<A>, from: number, to: number): void;
  /**
   * The same compiled, by the name under which a backend looks for it: "wasm" for backend-wasm, whose README says what the module must
   * keep to. Where a backend finds none, a chain with this op runs layer by layer on it.
   */
  readonly binaries?: Readonly<Record<string, Binary>>;
}
