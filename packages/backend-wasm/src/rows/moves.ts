import type { Step } from "@flows/core";
import type { OwnRows } from "./kernel.js";

/** One column of the result: the read it comes from, or -1 for zeros, and the column there. */
export type Cell = readonly [source: number, column: number];

const list = ({ attrs }: Step, name: string): readonly number[] => attrs[name] as readonly number[];
const fromFirst = (column: number): Cell => [0, column];

/** What only moves columns about: the cells of the result in their order. */
const cellsByOp: Readonly<Record<string, (step: Step) => readonly Cell[]>> = {
  columns: (step) => list(step, "indices").map(fromFirst),
  permute: (step) => list(step, "order").map(fromFirst),
  maskColumns: (step) => list(step, "mask").map((kept, column) => (kept === 0 ? [-1, 0] : [0, column])),
  concat: ({ reads }) => reads.flatMap(({ width }, source) => Array.from({ length: width }, (_, column): Cell => [source, column])),
  scatterColumns: (step) => {
    const cells: Cell[] = [];
    list(step, "left").forEach((to, column) => void (cells[to] = [0, column]));
    list(step, "right").forEach((to, column) => void (cells[to] = [1, column]));
    return cells;
  },
};

/** The cells of a step that only moves columns, those that `shortened` gave it first; undefined for others. */
export const cellsOf = (step: Step): readonly Cell[] | undefined =>
  cellsByOp[step.op] && ((step.attrs.cells as readonly Cell[] | undefined) ?? cellsByOp[step.op]!(step));

/** Cells side by side that come from cells side by side move together. */
function runsOf(cells: readonly Cell[]): readonly number[] {
  const runs: [source: number, from: number, to: number, count: number][] = [];
  cells.forEach(([source, column], to) => {
    const last = runs.at(-1);
    const goesOn = last && last[0] === source && (source < 0 || last[1] + last[3] === column);
    if (goesOn) last[3] += 1;
    else runs.push([source, column, to, 1]);
  });
  return [runs.length, ...runs.flatMap(([source, from, to, count]) => [source, 4 * from, 4 * to, count])];
}

/** assembly/rows/move.ts on their cells. */
export const moves: readonly OwnRows[] = Object.keys(cellsByOp).map((op) => ({
  op,
  forward: "moveForward",
  backward: "moveBackward",
  settings: (step) => runsOf(cellsOf(step)!),
}));
