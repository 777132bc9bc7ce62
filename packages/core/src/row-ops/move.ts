import type { Examples } from "../contracts/index.js";
import { rowOpSpec } from "./row-op-spec.js";

/** Where a column of the result comes from: which of the rows, or -1 for zeros, and the column there. */
export type MovedColumn = readonly [source: number, column: number];

export interface MoveAttrs {
  /** One for each column of the result. */
  readonly cells: readonly MovedColumn[];
}

/** Cells side by side that come from cells side by side move together. */
function runsOf(cells: readonly MovedColumn[]): readonly number[] {
  const runs: [source: number, from: number, to: number, count: number][] = [];
  cells.forEach(([source, column], to) => {
    const last = runs.at(-1);
    const goesOn = last && last[0] === source && (source < 0 || last[1] + last[3] === column);
    if (goesOn) last[3] += 1;
    else runs.push([source, column, to, 1]);
  });
  return [runs.length, ...runs.flatMap(([source, from, to, count]) => [source, 4 * from, 4 * to, count])];
}

/** Moves columns: picks, permutes, masks, and puts rows side by side. */
export const moveSpec = rowOpSpec<MoveAttrs>({
  op: "move",
  widths: (_rows, { cells }) => [cells.length],
  words: ({ attrs }) => runsOf(attrs.cells),
});

export const moveExamples: Examples<MoveAttrs> = (n) => {
  const cells = (from: (i: number) => MovedColumn): MoveAttrs => ({ cells: Array.from({ length: n }, (_, i) => from(i)) });
  const beside = cells((i) => [0, i]).cells;
  return [
    { rows: [n], attrs: cells((i) => [0, (i + 2) % n]) },
    { rows: [n], attrs: cells((i) => (i % 2 === 0 ? [0, i] : [-1, 0])) },
    { rows: [n], attrs: { cells: [[0, n - 1], ...beside, [0, 0]] } },
    { rows: [n, n], attrs: cells((i) => [i % 2, i]) },
    { rows: [n, 2], shared: 1, attrs: { cells: [...beside, [1, 0], [1, 1]] } },
  ];
};
