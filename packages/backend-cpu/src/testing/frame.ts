import type { Frame, Step } from "@flows/core";
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

function stepOf({ op, attrs, reads, shared = reads.length, writes, params = [] }: Case): Step {
  return {
    op,
    attrs,
    barrier: false,
    reads: reads.map((width, index) => ({ index, width, shared: index >= shared })),
    writes: writes.map((width, index) => ({ index, width, shared: false })),
    params: params.map((size) => ({ buffer: 0, offset: 0, size })),
  };
}

/** The kernel of a case, its step and numbers for it; results start as 7, so that one sees what was written. */
export function setUp(c: Case, rows: number) {
  const kernel = rowKernels.find(({ op }) => op === c.op)!;
  const step = stepOf(c);
  const inputs = step.reads.map(({ width, shared }, i) => numbers(width * (shared ? 1 : rows), ...(c.range ?? [-1.5, 1.5]), i));
  const params = (c.params ?? []).map((size, i) => numbers(size, ...(c.range ?? [-1.5, 1.5]), i + 5));
  const results = () => c.writes.map((width) => new Float64Array(width * rows).fill(7));
  return { kernel, step, inputs, params, results };
}
