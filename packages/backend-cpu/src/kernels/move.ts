import { type MoveAttrs, moveSpec, type Register, type RowKernel } from "@flows/core/author";

/** Moves columns: a cell of attrs `cells` says which read a column comes from, or -1 for zeros, and which column there. Nothing of a masked NaN comes through. */
export const moveKernel: RowKernel<MoveAttrs> = {
  spec: moveSpec,
  forward: ({ reads, writes: [y] }, step, from, to) => {
    const width = step.writes[0]!.width;
    for (const [j, [source, i]] of step.attrs.cells.entries()) {
      const [x, stride] = [reads[source], strideOf(step.reads[source])];
      for (let r = from; r < to; r++) y![r * width + j] = x ? x[r * stride + i]! : 0;
    }
  },
  backward: (_frame, { reads, writes: [dy] }, step, from, to) => {
    const width = step.writes[0]!.width;
    for (const [j, [source, i]] of step.attrs.cells.entries()) {
      const [dx, stride] = [reads[source], strideOf(step.reads[source])];
      if (dx) for (let r = from; r < to; r++) dx[r * stride + i]! += dy![r * width + j]!;
    }
  },
};

/** How far apart two rows lie: all rows see the one row of a shared register. */
const strideOf = (register: Register | undefined): number => (!register || register.shared ? 0 : register.width);
