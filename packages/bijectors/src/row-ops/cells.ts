import type { MoveAttrs, MovedColumn } from "@flows/core/author";

/** y[i] = x[indices[i]] */
export const columnsOf = (indices: readonly number[]): MoveAttrs => ({ cells: indices.map((column) => [0, column]) });

/** Rows of these widths side by side. */
export const sideBySide = (widths: readonly number[]): MoveAttrs => ({
  cells: widths.flatMap((width, source) => Array.from({ length: width }, (_, column) => [source, column] as const)),
});

/** y[left[i]] = a[i], y[right[j]] = b[j]: puts two sets of columns back into one row. */
export function putBack(left: readonly number[], right: readonly number[]): MoveAttrs {
  const cells: MovedColumn[] = [];
  left.forEach((to, column) => void (cells[to] = [0, column]));
  right.forEach((to, column) => void (cells[to] = [1, column]));
  return { cells };
}

/** y = x where the mask is 1, and exactly 0 elsewhere, whatever x is there. */
export const keptBy = (mask: readonly number[]): MoveAttrs => ({ cells: mask.map((kept, column) => (kept === 1 ? [0, column] : [-1, 0])) });

/** Where a mask has this value. */
export const positionsOf = (mask: readonly number[], value: 0 | 1): readonly number[] => mask.flatMap((m, i) => (m === value ? [i] : []));
