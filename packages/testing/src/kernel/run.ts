import { type Frame, resultsOf, type Step } from "@flows/core/author";
import type { Numbers, Result } from "../close.js";
import type { FrameCase, Inputs } from "./frame-case.js";
import { adjointOf, frameOf, type Precision } from "./memory.js";

export type Range = readonly [from: number, to: number];

/** What stands in memory before a kernel adds to it or writes over it. */
export const mark = 0.75;

const named = (prefix: string, arrays: readonly Numbers[]): Result => Object.fromEntries(arrays.map((a, i) => [`${prefix} ${i}`, a]));
const less = (values: Float32Array): Float64Array => Float64Array.from(values, (v) => v - mark);

/** A step's results by name: "value", or "value 0", "value 1", ... where there are more. */
export const namedResults = <T>(results: readonly T[]): Readonly<Record<string, T>> =>
  Object.fromEntries(results.map((result, i) => [results.length === 1 ? "value" : `value ${i}`, result]));

const written = (step: Step, { writes }: Frame): Result =>
  namedResults(resultsOf(step).map((result) => writes[step.writes.indexOf(result)]!));

export interface Ran {
  readonly frame: Frame;
  readonly adjoint: Frame;
  /** Results, log-det and gradients, without what was there before. */
  readonly result: Result;
}

/** Forward and backward over the pieces of a range, backward in reverse order as a program runs them. */
export function run({ kernel, step }: FrameCase, inputs: Inputs, precision: Precision, pieces: readonly Range[]): Ran {
  const range: Range = [pieces[0]![0], pieces.at(-1)![1]];
  const frame = frameOf(precision, step, inputs, range, mark);
  for (const [from, to] of pieces) kernel.forward(frame, step, from, to);
  const logDet = frame.logDet.slice();
  const adjoint = adjointOf(precision, step, inputs, range, mark);
  for (const [from, to] of [...pieces].reverse()) kernel.backward({ ...frame, logDet: adjoint.logDet }, adjoint, step, from, to);
  const result = {
    ...written(step, frame),
    logDet: less(logDet),
    ...named("d read", adjoint.reads.map(less)),
    ...named("d param", adjoint.params.map(less)),
  };
  return { frame: { ...frame, logDet }, adjoint, result };
}
