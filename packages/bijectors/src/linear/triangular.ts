import { columns, concat, gather, indices, mul, reshape, sub, type Tensor, unstack, zeros } from "@flows/core/ops";

export type Side = "lower" | "upper";

/** How many numbers lie strictly below (or above) the diagonal. */
export const triangleSize = (n: number): number => (n * (n - 1)) / 2;

/** Where each entry of the n by n matrix is found among the triangle's numbers, row by row; the place after them holds a 0. */
export function trianglePlaces(n: number, side: Side): Tensor {
  let next = 0;
  const within = (i: number, j: number): boolean => (side === "lower" ? j < i : j > i);
  const place = (at: number): number => (within(Math.floor(at / n), at % n) ? next++ : triangleSize(n));
  return indices(Array.from({ length: n * n }, (_, at) => place(at)));
}

/** The strictly triangular matrix of these numbers, with zeros elsewhere. */
export const triangle = (numbers: Tensor, places: Tensor, n: number): Tensor =>
  reshape(gather(concat([numbers, zeros([1])], 0), places, 0), [n, n]);

/**
 * Solves (I + T) h = y for every row y, T strictly triangular, one column after the other: once h_j stands, its share T_ij h_j
 * leaves the others. Exact to rounding, and differentiable in rows and matrix.
 */
export function solveUnit(rows: Tensor, strict: Tensor, side: Side): Tensor {
  const eliminate = (y: Tensor, column: Tensor, j: number): Tensor => sub(y, mul(columns(y, j, 1), column));
  const parts = unstack(strict, 1);
  return side === "lower" ? parts.reduce(eliminate, rows) : parts.reduceRight(eliminate, rows);
}
