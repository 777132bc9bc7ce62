import { isFlowsError, type Rows } from "@flows/core";
import { fail } from "@flows/core/author";
import type { Data, ReadOptions } from "./rows.js";

/** Names for columns that have none: x1, x2, ... */
export const numbered = (count: number): string[] => Array.from({ length: count }, (_, i) => `x${i + 1}`);

/** Some columns of rows that carry no names. Where as many come as a model wants, they are its columns in their order. */
export function chooseColumns(where: string, rows: Rows, { columns, except = [], wanted }: ReadOptions): Pick<Data, "columns" | "rows"> {
  const names = numbered(rows.shape[1]!);
  if (wanted && wanted.length !== names.length)
    fail("data", where, `it has ${names.length} columns, but the model wants ${wanted.length}: ${wanted.join(", ")}.`);
  const missing = [...(columns ?? []), ...except].filter((column) => !names.includes(column));
  if (missing.length > 0)
    fail("data", where, `there is no column "${missing[0]}". Known are ${names.join(", ")}.`, { details: { missing, known: names } });
  const chosen = (columns ?? names).filter((column) => !except.includes(column));
  if (chosen.length === 0) fail("data", where, "every column is left out.");
  return {
    columns: wanted ?? chosen,
    rows: picked(
      rows,
      chosen.map((column) => names.indexOf(column)),
    ),
  };
}

/** The columns of these places. */
export function picked({ data, shape: [n, width = 1] }: Rows, places: readonly number[]): Rows {
  if (places.length === width && places.every((place, i) => place === i)) return { data, shape: [n, width] };
  const value = (_: unknown, i: number): number => data[Math.floor(i / places.length) * width + places[i % places.length]!]!;
  const length = { length: n * places.length };
  return {
    data: data instanceof Float64Array ? Float64Array.from(length, value) : Float32Array.from(length, value),
    shape: [n, places.length],
  };
}

/** Parses a table with the columns that a model wants. Where some are missing, all of them are named. */
export function namingAll<T>(where: string, wanted: readonly string[], parse: (columns: readonly string[]) => T): T {
  try {
    return parse(wanted);
  } catch (error) {
    if (!isFlowsError(error) || !error.details?.missing) throw error;
    const { missing, known } = error.details as { readonly missing: readonly string[]; readonly known: readonly string[] };
    return missingColumns(where, missing, known, error);
  }
}

export function missingColumns(where: string, missing: readonly string[], known: readonly string[], cause?: unknown): never {
  const text = `the model wants ${missing.join(", ")}, which ${missing.length === 1 ? "is" : "are"} not there. The columns are ${known.join(", ")}.`;
  return fail("data", where, text, { cause, details: { missing, known } });
}
