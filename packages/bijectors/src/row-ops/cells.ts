/** Where a column of the result comes from: which of the rows, or -1 for zeros, and the column there. */
export type Cell = readonly [source: number, column: number];

/** The settings of `move`: a cell for each column of the result. */
export type Moves = {
  readonly cells: readonly Cell[];
};

/** y[i] = x[indices[i]] */
export const columnsOf = (indices: readonly number[]): Moves => ({ cells: indices.map((column) => [0, column]) });

/** Rows of these widths side by side. */
export const sideBySide = (widths: readonly number[]): Moves => ({
  cells: widths.flatMap((width, source) => Array.from({ length: width }, (_, column) => [source, column] as const)),
});

/** y[left[i]] = a[i], y[right[j]] = b[j]: puts two sets of columns back into one row. */
export function putBack(left: readonly number[], right: readonly number[]): Moves {
  const cells: Cell[] = [];
  left.forEach((to, column) => void (cells[to] = [0, column]));
  right.forEach((to, column) => void (cells[to] = [1, column]));
  return { cells };
}

/** y = x where the mask is 1, and exactly 0 elsewhere, whatever x is there. */
export const keptBy = (mask: readonly number[]): Moves => ({ cells: mask.map((kept, column) => (kept === 1 ? [0, column] : [-1, 0])) });

/** Where a mask has this value. */
export const positionsOf = (mask: readonly number[], value: 0 | 1): readonly number[] => mask.flatMap((m, i) => (m === value ? [i] : []));
