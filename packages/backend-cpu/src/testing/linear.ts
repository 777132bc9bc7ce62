import { linearLuSpec, stepOf } from "@flows/core/author";
import { type Case, directions, total } from "./case.js";

const product = (matrix: readonly number[][], x: readonly number[]): number[] => matrix.map((row) => total(row.map((a, j) => a * x[j]!)));

/** The x with matrix x = y, by elimination with pivots. */
function solved(matrix: readonly number[][], y: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, y[i]!]);
  rows.forEach((_, c) => {
    const below = rows.slice(c).map((row) => Math.abs(row[c]!));
    const best = c + below.indexOf(Math.max(...below));
    [rows[c], rows[best]] = [rows[best]!, rows[c]!];
    const pivot = rows[c]!.map((v) => v / rows[c]![c]!);
    rows[c] = pivot;
    rows.forEach((row, i) => {
      if (i !== c) rows[i] = row.map((v, j) => v - row[c]! * pivot[j]!);
    });
  });
  return rows.map((row) => row.at(-1)!);
}

/** A triangle's numbers and a diagonal as a matrix. */
function triangular(numbers: readonly number[], diagonal: readonly number[], inside: (i: number, j: number) => boolean): number[][] {
  let next = 0;
  return diagonal.map((s, i) => diagonal.map((_, j) => (i === j ? s : inside(i, j) ? numbers[next++]! : 0)));
}

const shapes = [
  { order: [0], signs: [-1] },
  { order: [1, 0], signs: [1, 1] },
  { order: [2, 0, 3, 1], signs: [1, -1, -1, 1] },
];

/** P L (U + diag s) z + b and its inverse, with whole matrices. */
export const linearLU = directions.flatMap((direction) =>
  shapes.map(({ order, signs }): Case => {
    const n = order.length;
    const triangle = (n * (n - 1)) / 2;
    return {
      name: `linearLU, ${direction}, ${n} features`,
      step: stepOf(linearLuSpec, { rows: [n], params: [[triangle], [triangle], [n], [n]], attrs: { direction, order, signs } }),
      range: [-0.8, 0.8],
      row: ([x], [lower, upper, logScale, shift]) => {
        const ones = signs.map(() => 1);
        const l = triangular(lower!, ones, (i, j) => j < i);
        const u = triangular(
          upper!,
          logScale!.map((s, i) => signs[i]! * Math.exp(s)),
          (i, j) => j > i,
        );
        const matrix = order.map((i) => product(transposed(u), l[i]!));
        const moved = x!.map((v, i) => v - shift![i]!);
        return direction === "forward"
          ? { writes: [product(matrix, x!).map((v, i) => v + shift![i]!)], logDet: total(logScale!) }
          : { writes: [solved(matrix, moved)], logDet: -total(logScale!) };
      },
    };
  }),
);

const transposed = (matrix: readonly number[][]): number[][] => matrix.map((_, j) => matrix.map((row) => row[j]!));
