import type { Register, RowKernel, Step } from "@flows/core";

/** One copied cell of a row: which read, which column of it, to which column of the result. */
export type Cell = readonly [source: number, from: number, to: number];

/** A kernel that only moves columns. A step is asked once for its cells. */
export function copying(op: string, cells: (step: Step) => readonly Cell[]): RowKernel {
  const plans = new WeakMap<Step, readonly Cell[]>();
  const planOf = (step: Step): readonly Cell[] => {
    const plan = plans.get(step) ?? cells(step);
    plans.set(step, plan);
    return plan;
  };
  return {
    op,
    forward: ({ reads, writes: [y] }, step, from, to) => {
      const width = step.writes[0]!.width;
      for (const [source, i, j] of planOf(step)) {
        const [x, stride] = [reads[source]!, strideOf(step.reads[source]!)];
        for (let r = from; r < to; r++) y![r * width + j] = x[r * stride + i]!;
      }
    },
    backward: (_frame, { reads, writes: [dy] }, step, from, to) => {
      const width = step.writes[0]!.width;
      for (const [source, i, j] of planOf(step)) {
        const [dx, stride] = [reads[source]!, strideOf(step.reads[source]!)];
        for (let r = from; r < to; r++) dx[r * stride + i]! += dy![r * width + j]!;
      }
    },
  };
}

/** How far apart two rows lie: all rows see the one row of a shared register. */
const strideOf = ({ shared, width }: Register): number => (shared ? 0 : width);
