import { expect } from "vitest";
import type { Case } from "./case.js";
import { frame, numbers, setUp } from "./frame.js";

const rowOf = (values: Float64Array, width: number, r: number, shared = false): number[] => [
  ...values.subarray(shared ? 0 : r * width, (shared ? 0 : r * width) + width),
];

/** Compares rows [from, to) with what the case says, and the others with what they were. */
export function checkForward(c: Case, rows: number, from: number, to: number): void {
  const { kernel, step, inputs, params, results } = setUp(c, rows);
  const [writes, logDet] = [results(), new Float64Array(rows).fill(0.5)];
  kernel.forward(frame(inputs, writes, params, logDet), step, from, to);
  for (let r = 0; r < rows; r++) {
    const inside = r >= from && r < to;
    const truth = c.row(
      step.reads.map(({ width, shared }, i) => rowOf(inputs[i]!, width, r, shared)),
      params.map((p) => [...p]),
    );
    for (const [w, { width }] of step.writes.entries())
      for (const [j, v] of rowOf(writes[w]!, width, r).entries())
        expect(v, `row ${r}, register ${w}, column ${j}`).toBeCloseTo(inside ? truth.writes[w]![j]! : 7, 11);
    expect(logDet[r], `log-det of row ${r}`).toBeCloseTo(0.5 + (inside ? (truth.logDet ?? 0) : 0), 11);
  }
}

/** Compares with central differences of a weighted sum of the result and the log-dets of the rows. */
export function checkBackward(c: Case, rows: number, from: number, to: number): void {
  const { kernel, step, inputs, params, results } = setUp(c, rows);
  const last = step.writes.at(-1)!.width;
  const [dy, dLogDet] = [numbers(rows * last, -1, 1, 11), numbers(rows, -1, 1, 12)];
  const run = () => {
    const [writes, logDet] = [results(), new Float64Array(rows)];
    kernel.forward(frame(inputs, writes, params, logDet), step, from, to);
    return { writes, logDet };
  };
  const loss = (): number => {
    const { writes, logDet } = run();
    let sum = 0;
    for (let i = from * last; i < to * last; i++) sum += writes.at(-1)![i]! * dy[i]!;
    for (let r = from; r < to; r++) sum += logDet[r]! * dLogDet[r]!;
    return sum;
  };
  const started = (arrays: readonly Float64Array[]): Float64Array[] => arrays.map(({ length }) => new Float64Array(length).fill(0.25));
  const [dReads, dParams] = [started(inputs), started(params)];
  const dWrites = step.writes.map(({ width }, w) => (w === step.writes.length - 1 ? dy.slice() : new Float64Array(width * rows)));
  kernel.backward(frame(inputs, run().writes, params, new Float64Array(rows)), frame(dReads, dWrites, dParams, dLogDet), step, from, to);
  const h = 1e-5;
  const untrained = params.length - step.spec.state.length;
  for (const [name, values, gradients] of [
    ["read", inputs, dReads],
    ["param", params.slice(0, untrained), dParams],
  ] as const)
    for (const [k, value] of values.entries())
      for (let i = 0; i < value.length; i += Math.max(1, Math.floor(value.length / 17))) {
        const kept = value[i]!;
        value[i] = kept + h;
        const above = loss();
        value[i] = kept - h;
        const slope = (above - loss()) / (2 * h);
        value[i] = kept;
        const error = Math.abs(gradients[k]![i]! - 0.25 - slope) / (1 + Math.abs(slope));
        expect(error, `${name} ${k}, entry ${i}: ${gradients[k]![i]! - 0.25}, wanted ${slope}`).toBeLessThan(1e-7);
      }
}
