import type { Program } from "@flows/core/author";
import type { Routine } from "../commands/routine.js";
import { shortened } from "./shortened.js";

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
