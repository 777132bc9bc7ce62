import type { Frame } from "@flows/core/author";
import { rowKernels } from "../kernels/index.js";
import type { Case } from "./case.js";

/** Numbers that look random, away from 0, where activations have their kink. */
export function numbers(n: number, low = -1.5, high = 1.5, seed = 1): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => {
    const x = low + (high - low) * (((i + 1) * 0.6180339887 + seed * 0.4142135623) % 1);
    return Math.abs(x) < 0.01 ? x + 0.02 : x;
  });
}
const cast = (values: readonly Float64Array[]): readonly Float32Array[] => values as unknown as readonly Float32Array[];
export const frame = (
  reads: readonly Float64Array[],
  writes: readonly Float64Array[],
  params: readonly Float64Array[],
  logDet: Float64Array,
): Frame => ({
  reads: cast(reads),
  writes: cast(writes),
  params: cast(params),
  logDet: logDet as unknown as Float32Array,
});

/** The kernel of a case, its step and numbers for it; results start as 7, so that one sees what was written. */
export function setUp({ step, range = [-1.5, 1.5] }: Case, rows: number) {
  const kernel = rowKernels.find(({ spec }) => spec.op === step.spec.op)!;
  const inputs = step.reads.map(({ width, shared }, i) => numbers(width * (shared ? 1 : rows), ...range, i));
  const params = step.params.map(({ size }, i) => numbers(size, ...range, i + 5));
  const results = () => step.writes.map(({ width }) => new Float64Array(width * rows).fill(7));
  return { kernel, step, inputs, params, results };
}
