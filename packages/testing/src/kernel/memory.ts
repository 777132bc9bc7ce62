import { type Floats, type Frame, normals, type Register, resultsOf, type Step } from "@flows/core/author";
import { type Interval, randomBatch } from "../plain/batch.js";
import type { FrameCase, Inputs } from "./frame-case.js";

export type Precision = "float32" | "float64";

/** Kernels are written for float32 arrays; on float64 they get the wider ones, as their frame says. */
export const memoryOf = (precision: Precision, values: ArrayLike<number>): Float32Array =>
  (precision === "float64" ? Float64Array.from(values) : Float32Array.from(values)) as Floats as Float32Array;
export const filled = (precision: Precision, length: number, value: number): Float32Array =>
  memoryOf(precision, new Float64Array(length).fill(value));

/** How many rows of n a register has. */
export const rowsIn = ({ shared }: Register, n: number): number => (shared ? 1 : n);

/** Numbers inside their domain; half as large where they may lie anywhere and are not the rows themselves. */
function drawn(n: number, width: number, domain: Interval | undefined, seed: number, whole: boolean): Float64Array {
  const { rows } = randomBatch(n, [width], 0, domain, seed);
  return whole || domain ? rows : rows.map((v) => v / 2);
}

export function inputsOf({ step, domains = [], params }: FrameCase, n: number): Inputs {
  const { reads, params: places } = step;
  return {
    rows: n,
    reads: reads.map((register, i) => drawn(rowsIn(register, n), register.width, domains[i], 30 + i, i === 0)),
    params: places.map(({ size }, i) =>
      params ? Float64Array.from(params[i]!) : drawn(1, size, domains[reads.length + i], 40 + i, false),
    ),
    dResults: resultsOf(step).map((register, i) => Float64Array.from(normals(9 + i, 0, rowsIn(register, n), register.width))),
    dLogDet: Float64Array.from(normals(9 + resultsOf(step).length, 0, n, 1)),
  };
}

const outside = (
  values: Float64Array,
  { width, shared }: Pick<Register, "width" | "shared">,
  [from, to]: readonly [number, number],
): Float64Array => (shared ? values : values.map((v, i) => (i < from * width || i >= to * width ? Number.NaN : v)));

const column = { width: 1, shared: false };

/** A frame before the forward: rows outside the range and all that will be written are NaN, log-dets hold `mark`. */
export const frameOf = (
  precision: Precision,
  step: Step,
  { rows, reads, params }: Inputs,
  range: readonly [number, number],
  mark: number,
): Frame => ({
  reads: reads.map((values, i) => memoryOf(precision, outside(values, step.reads[i]!, range))),
  params: params.map((values) => memoryOf(precision, values)),
  writes: step.writes.map((register) => filled(precision, rowsIn(register, rows) * register.width, Number.NaN)),
  logDet: filled(precision, rows, mark),
});

/** Adjoints before the backward: what is added to holds `mark`, those of the results are NaN outside the range. */
export function adjointOf(
  precision: Precision,
  step: Step,
  { rows, params, dResults, dLogDet }: Inputs,
  range: readonly [number, number],
  mark: number,
): Frame {
  const results = resultsOf(step);
  const given = (register: Register): Float32Array => {
    const i = results.indexOf(register);
    const length = rowsIn(register, rows) * register.width;
    return i < 0 ? filled(precision, length, 0) : memoryOf(precision, outside(dResults[i]!, register, range));
  };
  return {
    reads: step.reads.map((register) => filled(precision, rowsIn(register, rows) * register.width, mark)),
    params: params.map(({ length }) => filled(precision, length, mark)),
    writes: step.writes.map(given),
    logDet: memoryOf(precision, outside(dLogDet, column, range)),
  };
}
