import type { Rows, RowsLike } from "@flows/core";
import { asRows, fail } from "@flows/core/author";

/** Finite rows [n, features], at least `least` of them; events of several axes are laid flat. */
export function checkedRows(where: string, what: string, like: RowsLike, least = 1): Rows {
  const { data, shape } = asRows(where, like);
  const n = shape[0];
  if (n < least) fail("data", where, `${what}: ${rowsOf(n)} came, at least ${least} are needed. Give more rows.`);
  const width = data.length / Math.max(1, n);
  if (width === 0) fail("shape", where, `${what}: rows of shape [${shape}] hold no numbers.`);
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    fail("data", where, `${what}: row ${Math.floor(bad / width)}, column ${bad % width} is ${data[bad]}. Only finite numbers are tested.`);
  return { data, shape: [n, width] };
}

const rowsOf = (n: number): string => (n === 1 ? "1 row" : `${n} rows`);

/** Refuses rows of different width. */
export function sameWidth(where: string, a: Rows, b: Rows): void {
  const [wide, other] = [a.shape[1]!, b.shape[1]!];
  if (wide !== other) fail("shape", where, `rows of ${wide} columns cannot be compared with rows of ${other}. Give both the same columns.`);
}

/** Finite numbers, one a row, at least `least` of them. */
export function checkedValues(where: string, what: string, values: ArrayLike<number>, least = 1): Float64Array {
  const copy = Float64Array.from(values);
  if (copy.length < least) fail("data", where, `${what}: ${copy.length} came, at least ${least} are needed. Give more.`);
  const bad = copy.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) fail("data", where, `${what}: number ${bad} is ${copy[bad]}. Only finite numbers are tested.`);
  return copy;
}

/** One column of rows. */
export const columnOf = ({ data, shape: [n, width = 1] }: Rows, column: number): Float64Array =>
  Float64Array.from({ length: n }, (_, row) => data[row * width + column]!);
