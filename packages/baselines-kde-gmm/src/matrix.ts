import type { RowsLike } from "@flows/core";
import { asRows, columnFaults, fail } from "@flows/core/author";

/** Rows as the fits compute with them: float64, row by row. */
export interface Matrix {
  readonly data: Float64Array;
  readonly n: number;
  readonly features: number;
}

/** What float32 does to the columns, in words: a density scores rows in the backend's precision. */
export const roundingIn = ({ data, n, features }: Matrix): string[] =>
  columnFaults({ data, shape: [n, features] }).flatMap(({ kind, text }) => (kind === "rounded" || kind === "lost" ? [text] : []));

/** Finite rows of features, at least `least` of them, or an error that names what is wrong. */
export function matrixOf(where: string, like: RowsLike, least = 2): Matrix {
  const { data, shape } = asRows(where, like);
  const [n, features = 0, ...more] = shape;
  if (more.length > 0 || features === 0) fail("shape", where, `expected rows of features, [n, features], got [${shape}].`);
  if (n < least) fail("data", where, `expected at least ${least} rows, got ${n}.`);
  const bad = data.findIndex((value: number) => !Number.isFinite(value));
  if (bad >= 0)
    fail(
      "data",
      where,
      `row ${Math.floor(bad / features)}, column ${bad % features} is ${data[bad]}, not finite. Fill or remove it first.`,
    );
  return { data: Float64Array.from(data), n, features };
}
