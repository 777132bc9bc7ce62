import { keep, type Tensor, type Variable } from "@tensorflow/tfjs-core";
import type { Call, Kernel, Program, ProgramEngine, Transformed } from "../contracts/index.js";
import { runKernel } from "../kernels/tape.js";

/** A program, and the engine that has a kernel for each of its steps. */
export interface Runnable {
  readonly program: Program;
  readonly engine: ProgramEngine;
}

/** What a program takes in beside its buffers, as tensors: rows, a context, random numbers. */
export function inputsOf({ context, noises }: Program, rows: Tensor, { context: side, draws }: Call): readonly Tensor[] {
  const n = rows.shape[0]!;
  return [rows, ...(context ? [side!] : []), ...noises.map((draw) => draws!.take(n, draw))];
}

/** The buffers of a program that are trained: those that the tape is told of. */
export const trainedBuffers = ({ buffers }: Program): readonly Variable[] => buffers.filter(({ trainable }) => trainable);

/** A whole program as one node on the tape: (rows, context, noise, trained buffers) to (value, log-det, new state). */
function nodeOf({ run, pull }: ProgramEngine, inputs: number): Kernel<Program> {
  return {
    op: "program",
    forward: (tensors, program, { saving }) => {
      const { value, logDet, renewed, saved } = run(program, tensors.slice(0, inputs), saving);
      return { outputs: [value, logDet, ...renewed], saved: saving ? [...saved] : [] };
    },
    ...(pull && { backward: (saved, [dValue, dLogDet], program) => [...pull(program, saved, dValue!, dLogDet!)] }),
  };
}

/** Runs a program on rows [n, width], and hands on the new state it computed. */
export function runProgram({ program, engine }: Runnable, rows: Tensor, call: Call): Transformed {
  const inputs = inputsOf(program, rows, call);
  const [value, logDet, ...renewed] = runKernel(nodeOf(engine, inputs.length), [...inputs, ...trainedBuffers(program)], program);
  handOn(program, renewed, call);
  return [value!, logDet!];
}

/** Hands on the new state that a program computed. */
export function handOn({ renewals }: Program, renewed: readonly Tensor[], { updates }: Call): void {
  renewed.forEach((tensor, i) => {
    const { view } = renewals[i]!;
    updates?.get(view)?.dispose();
    updates?.set(view, keep(tensor));
  });
}
