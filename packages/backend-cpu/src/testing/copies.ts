import { type MoveAttrs, moveSpec, stepOf } from "@flows/core/author";
import type { Case } from "./case.js";

type Cells = MoveAttrs["cells"];

const moving = (
  name: string,
  rows: readonly number[],
  cells: Cells,
  row: (reads: readonly number[][]) => number[],
  shared?: number,
): Case => ({
  name,
  step: stepOf(moveSpec, { rows, shared, attrs: { cells } }),
  row: (x) => ({ writes: [row(x)] }),
});
const fromFirst = (...columns: readonly number[]): Cells => columns.map((column) => [0, column]);
const beside = (...widths: readonly number[]): Cells =>
  widths.flatMap((width, source) => Array.from({ length: width }, (_, column) => [source, column] as const));

/** What only moves numbers about. */
export const copies: readonly Case[] = [
  moving("columns, with one twice", [4], fromFirst(3, 0, 3), ([x]) => [x![3]!, x![0]!, x![3]!]),
  moving("columns of one feature", [1], fromFirst(0), ([x]) => x!),
  moving(
    "two sets put back",
    [2, 3],
    [
      [0, 0],
      [1, 1],
      [1, 0],
      [0, 1],
      [1, 2],
    ],
    ([a, b]) => [a![0]!, b![1]!, b![0]!, a![1]!, b![2]!],
  ),
  moving("three side by side", [2, 1, 3], beside(2, 1, 3), (reads) => reads.flat()),
  moving("beside a row that all share", [2, 1], beside(2, 1), (reads) => reads.flat(), 1),
  moving("a permutation", [3], fromFirst(2, 0, 1), ([x]) => [x![2]!, x![0]!, x![1]!]),
  moving(
    "a mask",
    [3],
    [
      [0, 0],
      [-1, 0],
      [0, 2],
    ],
    ([x]) => [x![0]!, 0, x![2]!],
  ),
];
