import type { Rows, RowsLike } from "@flows/core";
import { asRows, fail } from "@flows/core/author";
import { missingColumns, picked } from "./columns.js";
import type { Data, Truth } from "./rows.js";

/** A table to fit or to score: numbers with the names of their columns. `parseCsv`, `readData` and `toyData` give one. */
export interface TableData {
  readonly columns: readonly string[];
  /** [n, columns], in the user's units. */
  readonly rows: RowsLike;
  /** What errors call it, and what a model remembers that it was fitted to. Default "table". */
  readonly name?: string | undefined;
  /** The toy that the rows are drawn from: then a fit says how far above the floor it is. */
  readonly truth?: Truth | undefined;
}

/** A table, checked. Throws FlowsError: "data" (columns without a name or of the same one, too few rows), "shape" (rows of another width). */
export function dataOf({ columns, rows: like, name = "table", truth }: TableData, atLeast: number): Data {
  if (!Array.isArray(columns)) fail("data", name, 'its columns have no names. Give { columns: ["a", "b"], rows }, or what parseCsv gives.');
  const rows = asRows(name, like);
  const [n, ...event] = rows.shape;
  if (n < atLeast)
    fail("data", name, `there ${n === 1 ? "is 1 row" : `are ${n} rows`}, at least ${atLeast} ${atLeast === 1 ? "is" : "are"} needed.`);
  if (event.length !== 1 || event[0] !== columns.length)
    fail("shape", name, `${columns.length} columns have names (${columns.join(", ")}), got rows of shape [${event}].`, {
      details: { columns },
    });
  const unfit = columns.find((column, i) => column === "" || columns.indexOf(column) !== i);
  if (unfit !== undefined) fail("data", name, unfit === "" ? "a column has no name." : `two columns are called "${unfit}". Rename one.`);
  return { name, columns, rows, truth, leftOut: [] };
}

/** The columns that a model wants, by name; rows without names have them in its order. */
export function rowsFor(where: string, wanted: readonly string[], table: RowsLike | TableData): Rows {
  if (!("columns" in table)) return dataOf({ columns: wanted, rows: table, name: where }, 0).rows;
  const { name, columns, rows } = dataOf(table, 0);
  const missing = wanted.filter((column) => !columns.includes(column));
  if (missing.length > 0) missingColumns(name, missing, columns);
  return picked(
    rows,
    wanted.map((column) => columns.indexOf(column)),
  );
}
