import { rowKernels } from "@flows/backend-cpu";
import { rawPlanar } from "@flows/bijectors";
import {
  batchMomentsExamples,
  batchMomentsSpec,
  type Examples,
  type Frame,
  gaussianMixtureExamples,
  gaussianMixtureSpec,
  moveExamples,
  moveSpec,
  normalDensityExamples,
  normalDensitySpec,
  planarSpec,
  type RowKernel,
  type RowOpSpec,
  rotationSpec,
  type Step,
  standardiseExamples,
  standardiseSpec,
  stepOf,
} from "@flows/core/author";
import { describe, expect, it } from "vitest";
import { asRowKernels } from "../testing/as-row-kernel.js";
import { testDevice } from "../testing/device.js";
import { error, numbers, ulp } from "../testing/numbers.js";

/** What laws of lowerings do not reach: barriers, what training reads, rows that all share, and densities. */
const specs: readonly (readonly [RowOpSpec, Examples])[] = [
  [batchMomentsSpec, batchMomentsExamples],
  [gaussianMixtureSpec, gaussianMixtureExamples],
  [moveSpec, moveExamples],
  [normalDensitySpec, normalDensityExamples],
  [standardiseSpec, standardiseExamples],
];
const steps = (n: number): readonly (readonly [string, Step])[] =>
  specs.flatMap(([spec, at]) => at(n).map((example, i) => [`${spec.op}, case ${i + 1}`, stepOf(spec, example)] as const));

/** The same numbers for both kernels; variances are positive. */
function frames(step: Step, rows: number): { frame: Frame; adjoint: Frame } {
  let seed = 1;
  const made = (registers: readonly { width: number; shared: boolean }[], low: number, high: number) =>
    registers.map(({ width, shared }) => numbers(width * (shared ? 1 : rows), low, high, seed++));
  const params = (low: number, high: number) => step.params.map(({ size }) => numbers(size, low, high, seed++));
  return {
    frame: { reads: made(step.reads, 0.2, 2), writes: made(step.writes, 0, 1), params: params(0.1, 0.9), logDet: numbers(rows) },
    adjoint: { reads: made(step.reads, -1, 1), writes: made(step.writes, -1, 1), params: params(-1, 1), logDet: numbers(rows) },
  };
}

const flat = ({ reads, writes, params, logDet }: Frame): number[] => [...reads, ...writes, ...params, logDet].flatMap((a) => [...a]);

describe.each([true, false])("row kernels as on the CPU, relaxed %s", async (relaxed) => {
  const kernels = asRowKernels(await testDevice({ relaxed }));
  const found = (list: readonly RowKernel[], op: string): RowKernel => list.find((kernel) => kernel.spec.op === op)!;
  const run = (kernel: RowKernel, step: Step, rows: number, from: number, to: number): number[][] => {
    const { frame, adjoint } = frames(step, rows);
    kernel.forward(frame, step, from, to);
    const forward = flat(frame);
    kernel.backward(frame, adjoint, step, from, to);
    return [forward, flat(adjoint)];
  };

  describe.each([1, 3, 5, 8])("%i features", (n) => {
    it.each(steps(n))("%s", (_name, step) => {
      for (const [rows, from, to] of [
        [1, 0, 1],
        [65, 0, 65],
        // A barrier is for all rows.
        ...(step.spec.barrier ? [] : ([[70, 3, 68]] as const)),
      ] as const) {
        const [got, wanted] = [
          run(found(kernels, step.spec.op), step, rows, from, to),
          run(found(rowKernels, step.spec.op), step, rows, from, to),
        ];
        expect(error(got[0]!, wanted[0]!), `values of ${rows} rows`).toBeLessThan(2e-6);
        expect(error(got[1]!, wanted[1]!), `gradients of ${rows} rows`).toBeLessThan(2e-5);
      }
    });
  });

  it("rotation turns by any angle within 1e-7, and by none that is not finite", () => {
    const step = stepOf(rotationSpec, { rows: [2], params: [[1]], attrs: { direction: "forward" } });
    const turned = (angle: number): readonly number[] => {
      const writes = [new Float32Array(2)];
      found(kernels, "rotation").forward(
        { reads: [Float32Array.of(1, 0)], writes, params: [Float32Array.of(angle)], logDet: new Float32Array(1) },
        step,
        0,
        1,
      );
      return [...writes[0]!];
    };
    for (const angle of [0, 1e6, ...numbers(500, -7, 7), ...numbers(100, -1000, 1000)]) {
      const [c, s] = turned(angle);
      expect(Math.hypot(c! - Math.cos(Math.fround(angle)), s! - Math.sin(Math.fround(angle))), `angle ${angle}`).toBeLessThan(1e-7);
    }
    for (const angle of [Number.NaN, Number.POSITIVE_INFINITY]) expect(turned(angle)).toEqual([Number.NaN, Number.NaN]);
  });

  it("planar along arctan is within 2 ulp", () => {
    const step = stepOf(planarSpec, { rows: [1], params: [[1], [1], [1]], attrs: { activation: "arctan" } });
    const xs = [
      [-60, 60],
      [-3, 3],
      [-1e-3, 1e-3],
    ].flatMap(([low, high]) => [...numbers(5_000, low, high)]);
    const params = [rawPlanar([1], [1], "arctan"), [1], [0]].map((p) => Float32Array.from(p));
    const frame = { reads: [Float32Array.from(xs)], writes: [new Float32Array(xs.length)], params, logDet: new Float32Array(xs.length) };
    found(kernels, "planar").forward(frame, step, 0, xs.length);
    const worst = xs.map((x, i) => Math.abs(frame.writes[0]![i]! - (x + Math.atan(x))) / ulp(x + Math.atan(x)));
    expect(Math.max(...worst)).toBeLessThanOrEqual(2);
  });
});
