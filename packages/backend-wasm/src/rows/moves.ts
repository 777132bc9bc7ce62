import type { Step } from "@flows/core";
import type { OwnRows } from "./kernel.js";

/** One column of the result: the read it comes from, or -1 for zeros, and the column there. */
type Cell = readonly [source: number, column: number];

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

/** assembly/rows/move.ts on the cells that `cellsOf` tells, in the order of the result. */
const moving = (op: string, cellsOf: (step: Step) => readonly Cell[]): OwnRows => ({
  op,
  forward: "moveForward",
  backward: "moveBackward",
  settings: (step) => runsOf(cellsOf(step)),
});

const list = ({ attrs }: Step, name: string): readonly number[] => attrs[name] as readonly number[];
const fromFirst = (column: number): Cell => [0, column];

/** What only moves columns about. */
export const moves: readonly OwnRows[] = [
  moving("columns", (step) => list(step, "indices").map(fromFirst)),
  moving("permute", (step) => list(step, "order").map(fromFirst)),
  moving("maskColumns", (step) => list(step, "mask").map((kept, column) => (kept === 0 ? [-1, 0] : [0, column]))),
  moving("concat", ({ reads }) =>
    reads.flatMap(({ width }, source) => Array.from({ length: width }, (_, column): Cell => [source, column])),
  ),
  moving("scatterColumns", (step) => {
    const cells: Cell[] = [];
    list(step, "left").forEach((to, column) => void (cells[to] = [0, column]));
    list(step, "right").forEach((to, column) => void (cells[to] = [1, column]));
    return cells;
  }),
];
