import type { Program, Register, Step } from "@flows/core";
import { shortened } from "./shortened.js";

/** What the engine runs: a program, or one row op on the tape. */
export interface Routine {
  readonly steps: readonly Step[];
  readonly registers: readonly Register[];
  /** Registers that come in as tensors. */
  readonly inputs: readonly Register[];
  readonly output: Register;
  /** Tensors that go out beside it, and where in them registers lie: new state. */
  readonly renewals: readonly { readonly values: readonly { readonly offset: number; readonly register: Register }[] }[];
  /** Numbers in each of the buffers that parameters lie in. */
  readonly buffers: readonly number[];
}

function routineOf({ steps, registers, inputs, output, buffers, renewals }: Program): Routine {
  const wanted = new Set([output, ...renewals.flatMap(({ values }) => values.map(({ register }) => register))]);
  return {
    steps: shortened(steps, wanted),
    registers,
    inputs,
    output,
    renewals,
    buffers: buffers.map(({ size }) => size),
  };
}

/** A program's routine, the same each time. */
export function routines(): (program: Program) => Routine {
  const made = new WeakMap<Program, Routine>();
  return (program) => {
    const routine = made.get(program) ?? routineOf(program);
    made.set(program, routine);
    return routine;
  };
}
