import type { Step } from "./program.js";

/** What a step sees of memory: registers, parameters and the rows' log-dets. Float64Array on a float64 backend. */
export interface Frame {
  readonly reads: readonly Float32Array[];
  readonly writes: readonly Float32Array[];
  readonly params: readonly Float32Array[];
  readonly logDet: Float32Array;
}

/** A 32-bit word of a step's settings: a whole number as it is, or a float. */
export type Word = number | { readonly float: number };

/** A row kernel as two exports `(step, from, to)` of a WebAssembly module; `step` is the address of the struct that backend-wasm lays out. */
export interface WasmRows {
  readonly forward: string;
  readonly backward: string;
  /** What the struct carries behind its operands. Default nothing. */
  readonly settings?: (step: Step) => readonly Word[];
  /** Bytes of room that a call on at most `rows` rows needs for itself. Default none. */
  readonly scratch?: (step: Step, rows: number) => number;
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
  /**
   * The same in WebAssembly, for programs on backend-wasm. The module imports `env.memory` and nothing else, and has no data segment.
   * Without it a program with this op runs layer by layer there.
   */
  readonly wasm?: WasmRows & { readonly bytes: Uint8Array };
}
