import type { Frame } from "@flows/core";
import type { Numbers, Result } from "../close.js";
import type { FrameCase } from "./frame-case.js";
import { adjointOf, frameOf, type Inputs, type Precision } from "./memory.js";

export type Range = readonly [from: number, to: number];

/** What stands in memory before a kernel adds to it or writes over it. */
export const mark = 0.75;

const named = (prefix: string, arrays: readonly Numbers[]): Result => Object.fromEntries(arrays.map((a, i) => [`${prefix} ${i}`, a]));
const less = (values: Float32Array): Float64Array => Float64Array.from(values, (v) => v - mark);

export interface Ran {
  readonly frame: Frame;
  readonly adjoint: Frame;
  /** Value, log-det and gradients, without what was there before. */
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
    value: frame.writes.at(-1)!,
    logDet: less(logDet),
    ...named("d read", adjoint.reads.map(less)),
    ...named("d param", adjoint.params.map(less)),
  };
  return { frame: { ...frame, logDet }, adjoint, result };
}
