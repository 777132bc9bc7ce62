import { type Floats, type Frame, normals, type Step } from "@flows/core";
import { randomBatch } from "../plain/batch.js";
import type { FrameCase } from "./frame-case.js";

export type Precision = "float32" | "float64";

/** Kernels are written for float32 arrays; on float64 they get the wider ones, as their frame says. */
export const memoryOf = (precision: Precision, values: ArrayLike<number>): Float32Array =>
  (precision === "float64" ? Float64Array.from(values) : Float32Array.from(values)) as Floats as Float32Array;
export const filled = (precision: Precision, length: number, value: number): Float32Array =>
  memoryOf(precision, new Float64Array(length).fill(value));

/** Where reads, parameters and adjoints of n rows start from: the same numbers every time. */
export interface Inputs {
  readonly rows: number;
  readonly reads: readonly Float64Array[];
  readonly params: readonly Float64Array[];
  /** The adjoint of the result and of the log-dets: the weights of the scalar that `measure` differentiates. */
  readonly dValue: Float64Array;
  readonly dLogDet: Float64Array;
}

const random = (n: number, width: number, seed: number): Float64Array => randomBatch(n, [width], 0, undefined, seed).rows;

export function inputsOf({ step, paramShapes, domain, params }: FrameCase, n: number): Inputs {
  const half = (values: Float64Array): Float64Array => values.map((v) => v / 2);
  const size = (i: number): number => paramShapes[i]!.reduce((a, b) => a * b, 1);
  return {
    rows: n,
    reads: step.reads.map(({ width }, i) => (i === 0 ? randomBatch(n, [width], 0, domain, 30).rows : half(random(n, width, 30 + i)))),
    params: step.params.map((_, i) => (params ? Float64Array.from(params[i]!) : half(random(1, size(i), 40 + i)))),
    dValue: Float64Array.from(normals(9, 0, n, step.writes.at(-1)!.width)),
    dLogDet: Float64Array.from(normals(10, 0, n, 1)),
  };
}

const outside = (values: Float64Array, width: number, [from, to]: readonly [number, number], value: number): Float64Array =>
  values.map((v, i) => (i < from * width || i >= to * width ? value : v));

/** A frame before the forward: rows outside the range and all that will be written are NaN, log-dets hold `mark`. */
export const frameOf = (
  precision: Precision,
  step: Step,
  { rows, reads, params }: Inputs,
  range: readonly [number, number],
  mark: number,
): Frame => ({
  reads: reads.map((values, i) => memoryOf(precision, outside(values, step.reads[i]!.width, range, Number.NaN))),
  params: params.map((values) => memoryOf(precision, values)),
  writes: step.writes.map(({ width }) => filled(precision, rows * width, Number.NaN)),
  logDet: filled(precision, rows, mark),
});

/** Adjoints before the backward: what is added to holds `mark`, the result's adjoint is NaN outside the range. */
export const adjointOf = (
  precision: Precision,
  step: Step,
  { rows, params, dValue, dLogDet }: Inputs,
  range: readonly [number, number],
  mark: number,
): Frame => ({
  reads: step.reads.map(({ width }) => filled(precision, rows * width, mark)),
  params: params.map(({ length }) => filled(precision, length, mark)),
  writes: step.writes.map(({ width }, i) =>
    i < step.writes.length - 1 ? filled(precision, rows * width, 0) : memoryOf(precision, outside(dValue, width, range, Number.NaN)),
  ),
  logDet: memoryOf(precision, outside(dLogDet, 1, range, Number.NaN)),
});
