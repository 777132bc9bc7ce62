import { expectFigure } from "./check.js";

/** Rows of numbers: flat with their shape, as the host functions of Flows give them, or one array a row. */
export type Rows = FlatRows | readonly ArrayLike<number>[];

/** `data` row by row, shape [rows, columns]. */
export interface FlatRows {
  readonly data: ArrayLike<number>;
  readonly shape: readonly number[];
}

/** Two coordinates, a value each. */
export interface Pairs {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

const flat = (rows: Rows): rows is FlatRows => "shape" in rows;

/** How many rows. */
export const rowCount = (rows: Rows): number => (flat(rows) ? (rows.shape[0] ?? 0) : rows.length);

/** How many columns; 0 where there are no rows to tell from. */
export const columnCount = (rows: Rows): number => (flat(rows) ? rows.shape.slice(1).reduce((a, b) => a * b, 1) : (rows[0]?.length ?? 0));

/** One column, copied. */
export function column(rows: Rows, index: number): Float64Array {
  const count = rowCount(rows);
  const width = columnCount(rows);
  if (count > 0) expectFigure(index >= 0 && index < width, "rows", `column ${index} was asked of rows with ${width} columns.`);
  const read = flat(rows) ? (row: number) => rows.data[row * width + index] : (row: number) => rows[row]?.[index];
  return Float64Array.from({ length: count }, (_, row) => read(row) ?? Number.NaN);
}

/** Two columns, the first two unless told otherwise. */
export const pairs = (rows: Rows, columns: readonly [number, number] = [0, 1]): Pairs => ({
  x: column(rows, columns[0]),
  y: column(rows, columns[1]),
});

/** True for what can be placed on an axis: finite, and not so large that a span overflows. */
export const drawable = (value: number): boolean => Math.abs(value) < 1e300;

/** Smallest and largest drawable value, or undefined where there is none. */
export function extentOf(values: ArrayLike<number>, accept = drawable): [number, number] | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!accept(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : undefined;
}
