import type { Rows } from "@flows/core";
import { fail } from "@flows/core/author";
import { chosenColumns } from "./csv-columns.js";
import { type Layout, laidOut } from "./csv-delimiter.js";
import { hasHeader } from "./csv-header.js";
import { csvNumbers } from "./csv-numbers.js";
import { type CsvOptions, checkCsvOptions } from "./csv-options.js";
import { numberReader } from "./number-cell.js";

/** How a text was read. */
export interface CsvReading extends Layout {
  readonly header: boolean;
}

/** Numbers with the names of their columns. */
export interface CsvTable {
  readonly columns: readonly string[];
  /** [n, columns], float64 */
  readonly rows: Rows;
  /** Columns without a single number. */
  readonly leftOut: readonly string[];
  /** Columns that number the rows: the first, without a name of its own, counting up by one. */
  readonly numbering: readonly string[];
  /** How many rows with a missing cell were left out, where `missing` says so. */
  readonly dropped: number;
  readonly reading: CsvReading;
}

/**
 * A table from text: commas, semicolons, tabs, bars or spaces between cells, decimal points or commas, thousands grouped or not.
 * Which it is is found from the whole file, and told in `reading`. Blank lines and comments (`# words`) are passed over.
 * Columns without a single number, and one that numbers the rows, are left out and named.
 *
 * A file that can be read in two ways throws a FlowsError "data" that shows both and names the option that decides. So do text in a column
 * of numbers, a missing, infinite or NaN cell, an integer that a float64 cannot hold (all of them in one error, counted by column), a ragged
 * row, an empty file and too few rows, with the line of the file, the column and what to do: nothing is dropped or guessed in silence.
 */
export function parseCsv(text: string, options: CsvOptions = {}): CsvTable {
  const { atLeast = 2, name: where = "parseCsv", na = [] } = options;
  checkCsvOptions(where, options);
  if (text.includes("\0")) fail("data", where, "this is no text: it holds zero bytes. Save it as CSV in UTF-8, or say its encoding.");
  const { cells, layout } = laidOut(where, text, options);
  const read = numberReader(layout);
  const header = options.header ?? hasHeader(where, cells, read, na);
  const names = cells.rows[0]!.map((cell, k) => (header && cell.trim() !== "" ? cell.trim() : `column ${k + 1}`));
  const body = { rows: cells.rows.slice(header ? 1 : 0), lines: cells.lines.slice(header ? 1 : 0) };
  const n = body.rows.length;
  if (n < atLeast) fail("data", where, `there ${n === 1 ? "is 1 row" : `are ${n} rows`} below the header, at least ${atLeast} are needed.`);
  const unnamed = header && cells.rows[0]![0]!.trim();
  const { columns, leftOut, numbering } = chosenColumns(where, names, unnamed, body.rows, read, options);
  const { rows, dropped } = csvNumbers(where, names, columns, body, read, options);
  return { columns, rows, leftOut, numbering, dropped, reading: { ...layout, header } };
}
