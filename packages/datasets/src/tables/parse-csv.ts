import type { Rows } from "@flows/core";
import { fail } from "@flows/core/author";
import { csvCells } from "./csv-cells.js";
import { complaint, isNumber } from "./number-cell.js";

export interface CsvOptions {
  /** The columns to use, in this order; default all that hold numbers. */
  readonly columns?: readonly string[] | undefined;
  /** Columns to leave out. */
  readonly except?: readonly string[] | undefined;
  /** Whether the first row names the columns; default: it does where it holds no number. */
  readonly header?: boolean | undefined;
  /** The fewest rows to accept; default 2. */
  readonly atLeast?: number;
  /** What to call the text in errors, as a file's name; default "parseCsv". */
  readonly name?: string;
}

/** Numbers with the names of their columns. */
export interface CsvTable {
  readonly columns: readonly string[];
  /** [n, columns], float64 */
  readonly rows: Rows;
  /** Columns without a single number. */
  readonly leftOut: readonly string[];
}

/**
 * A table from comma-separated text (or semicolons, tabs, bars). Columns without a single number are left out and named.
 *
 * Text in a column of numbers, a missing, infinite or NaN cell, a ragged row, an empty file and too few rows throw a
 * FlowsError "data" with the line of the file, the column and what to do: nothing is dropped or guessed in silence.
 */
export function parseCsv(text: string, options: CsvOptions = {}): CsvTable {
  const { atLeast = 2, name: where = "parseCsv" } = options;
  const cells = csvCells(where, text);
  const headed = options.header ?? !cells.rows[0]!.some(isNumber);
  const names = cells.rows[0]!.map((cell, k) => (headed && cell.trim() !== "" ? cell.trim() : `column ${k + 1}`));
  checkNames(where, names);
  const body = cells.rows.slice(headed ? 1 : 0);
  const lines = cells.lines.slice(headed ? 1 : 0);
  if (body.length < atLeast)
    fail(
      "data",
      where,
      `there ${body.length === 1 ? "is 1 row" : `are ${body.length} rows`} below the header, at least ${atLeast} are needed.`,
    );
  const numeric = names.filter((_, k) => body.some((row) => isNumber(row[k]!)));
  const columns = chosen(where, names, numeric, options);
  const places = columns.map((column) => names.indexOf(column));
  const data = new Float64Array(body.length * columns.length);
  body.forEach((row, i) => {
    places.forEach((k, j) => {
      const wrong = complaint(row[k]!);
      if (wrong) refuse(where, lines[i]!, names[k]!, wrong);
      data[i * places.length + j] = Number(row[k]);
    });
  });
  const leftOut = names.filter((column) => !numeric.includes(column) && !options.except?.includes(column));
  return { columns, rows: { data, shape: [body.length, columns.length] }, leftOut: options.columns ? [] : leftOut };
}

function refuse(where: string, line: number, column: string, wrong: string): never {
  const header = line === 1 ? " If row 1 names the columns, say header: true." : "";
  return fail(
    "data",
    where,
    `row ${line}, column "${column}": ${wrong}. Correct or remove the row, or leave the column out with except.${header}`,
  );
}

function checkNames(where: string, names: readonly string[]): void {
  const twice = names.find((name, k) => names.indexOf(name) !== k);
  if (twice !== undefined) fail("data", where, `two columns are called "${twice}". Rename one.`);
}

function chosen(
  where: string,
  names: readonly string[],
  numeric: readonly string[],
  { columns, except = [] }: CsvOptions,
): readonly string[] {
  const missing = [...(columns ?? []), ...except].filter((column) => !names.includes(column));
  if (missing.length > 0)
    fail("data", where, `there is no column "${missing[0]}". Known are ${names.join(", ")}.`, { details: { missing, known: names } });
  const text = columns?.find((column) => !numeric.includes(column));
  if (text !== undefined)
    fail("data", where, `column "${text}" holds no numbers. Columns with numbers are ${numeric.join(", ") || "none"}.`);
  const wanted = (columns ?? numeric).filter((column) => !except.includes(column));
  if (wanted.length > 0) return wanted;
  const cause = numeric.length > 0 ? "every column with numbers is left out" : "no column holds numbers (with a point for decimals)";
  return fail("data", where, `${cause}. Columns are ${names.join(", ")}.`);
}
