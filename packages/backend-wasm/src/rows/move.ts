import type { Step } from "@flows/core";
import type { OwnRows } from "./kernel.js";

/** One column of the result: the read it comes from, or -1 for zeros, and the column there. */
export type Cell = readonly [source: number, column: number];

const op = "move";

/** The cells of a step that only moves columns; undefined for others. */
export const cellsOf = (step: Step): readonly Cell[] | undefined => (step.op === op ? (step.attrs.cells as readonly Cell[]) : undefined);

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

/** assembly/rows/move.ts */
export const moveRows: OwnRows = {
  op,
  forward: "moveForward",
  backward: "moveBackward",
  settings: (step) => runsOf(cellsOf(step)!),
};
