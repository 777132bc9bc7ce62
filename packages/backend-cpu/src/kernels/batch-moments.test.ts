import { batchMomentsSpec, stepOf } from "@flows/core/author";
import { describe, expect, it } from "vitest";
import { total } from "../testing/case.js";
import { frame, numbers } from "../testing/frame.js";
import { batchMomentsKernel } from "./batch-moments.js";

describe("batchMoments", () => {
  const step = stepOf(batchMomentsSpec, { rows: [2], params: [[2], [2]], attrs: { momentum: 0.1 } });
  const run = (x: Float64Array, from: number, to: number): Float64Array[] => {
    const writes = [0, 1, 2, 3].map(() => new Float64Array(2));
    batchMomentsKernel.forward(frame([x], writes, [Float64Array.of(1, 2), Float64Array.of(3, 4)], new Float64Array(99)), step, from, to);
    return writes;
  };

  it.each([
    [1, 0, 1],
    [65, 0, 65],
    [9, 4, 7],
  ])("of %d rows, %d to %d", (rows, from, to) => {
    const x = numbers(2 * rows);
    const [newMean, newVariance, mean, variance] = run(x, from, to);
    for (const j of [0, 1]) {
      const column = Array.from({ length: to - from }, (_, i) => x[2 * (from + i) + j]!);
      const m = total(column) / column.length;
      const v = total(column.map((c) => (c - m) ** 2)) / column.length;
      expect(mean![j]).toBeCloseTo(m, 12);
      expect(variance![j]).toBeCloseTo(v, 12);
      expect(newMean![j]).toBeCloseTo(0.9 * (1 + j) + 0.1 * m, 12);
      expect(newVariance![j]).toBeCloseTo(0.9 * (3 + j) + 0.1 * v, 12);
    }
    const [dMean, dVariance, dx] = [numbers(2, -1, 1, 3), numbers(2, -1, 1, 4), new Float64Array(2 * rows).fill(0.25)];
    const loss = (): number => {
      const [, , m, v] = run(x, from, to);
      return total([0, 1].map((j) => m![j]! * dMean[j]! + v![j]! * dVariance[j]!));
    };
    const nothing = new Float64Array(2);
    batchMomentsKernel.backward(
      frame([x], run(x, from, to), [], nothing),
      frame([dx], [nothing, nothing, dMean, dVariance], [], nothing),
      step,
      from,
      to,
    );
    for (let i = 0; i < x.length; i++) {
      const kept = x[i]!;
      x[i] = kept + 1e-5;
      const above = loss();
      x[i] = kept - 1e-5;
      const slope = (above - loss()) / 2e-5;
      x[i] = kept;
      expect(dx[i]! - 0.25).toBeCloseTo(slope, 8);
    }
  });

  it("keeps the variance of numbers far from 0", () => {
    const [, , , variance] = run(Float64Array.of(1e8, 0, 1e8 + 1, 0), 0, 2);
    expect(variance![0]).toBe(0.25);
  });
});
