import type { Program, Register, Step } from "@flows/core";

/** What the engine runs: a program, or one row op on the tape. */
export interface Routine {
  readonly steps: readonly Step[];
  readonly registers: readonly Register[];
  /** Registers that come in as tensors. */
  readonly inputs: readonly Register[];
  readonly output: Register;
  /** Registers that go out beside it: a program's new state, or what an op keeps. */
  readonly extras: readonly Register[];
  /** Numbers in each of the buffers that parameters lie in. */
  readonly buffers: readonly number[];
}

export const routineOf = ({ steps, registers, input, context, output, buffers, updates }: Program): Routine => ({
  steps,
  registers,
  inputs: [input, ...(context ? [context] : [])],
  output,
  extras: updates.map(({ value }) => value),
  buffers: buffers.map(({ size }) => size),
});
