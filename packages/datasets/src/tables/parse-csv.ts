import type { Rows } from "@flows/core";
import { fail } from "@flows/core/author";
import { checkCells } from "./csv-cells.js";
import { type CsvFormat, type CsvFormatOptions, marked } from "./csv-format.js";
import { headed } from "./csv-header.js";
import { complaint } from "./number-cell.js";
import { plainNumber } from "./number-style.js";

export interface CsvOptions extends CsvFormatOptions {
  /** The columns to use, in this order; default all that hold numbers. */
  readonly columns?: readonly string[] | undefined;
  /** Columns to leave out. */
  readonly except?: readonly string[] | undefined;
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
  /** Columns without a name that only count or name the rows: they are left out too. */
  readonly index: readonly string[];
  /** How the text was read. */
  readonly format: CsvFormat;
}

/**
 * A table from text: cells between commas, semicolons, tabs, bars or blanks, a decimal point or comma, groups of thousands, a header or
 * none, lines of comment that begin with #. What is not said is found out over the whole text; where two readings are as good, the error
 * shows both and names the option. Columns without a single number and an unnamed index are left out and named.
 *
 * Text in a column of numbers, a missing, infinite or NaN cell, a ragged row, an empty file and too few rows throw a
 * FlowsError "data" with the line of the file, the column and what to do, all such cells at once: nothing is dropped in silence.
 */
export function parseCsv(text: string, options: CsvOptions = {}): CsvTable {
  const { atLeast = 2, name: where = "parseCsv" } = options;
  const { cells, delimiter, decimal, thousands } = marked(where, text, options);
  checkCells(where, cells);
  const style = { decimal, thousands };
  const { header, names, rows: body, lines, index } = headed(where, cells, style, options.header);
  if (body.length < atLeast)
    fail(
      "data",
      where,
      `there ${body.length === 1 ? "is 1 row" : `are ${body.length} rows`} below the header, at least ${atLeast} are needed.`,
    );
  const numeric = names.filter((name, k) => !index.includes(name) && body.some((row) => plainNumber(row[k]!, style) !== undefined));
  const columns = chosen(where, names, numeric, options);
  const places = columns.map((column) => names.indexOf(column));
  const data = new Float64Array(body.length * columns.length);
  const troubles: Trouble[] = [];
  body.forEach((row, i) => {
    places.forEach((k, j) => {
      const plain = plainNumber(row[k]!, style);
      const wrong = complaint(plain ?? row[k]!);
      if (wrong) troubles.push({ line: lines[i]!, column: names[k]!, wrong });
      data[i * places.length + j] = Number(plain);
    });
  });
  if (troubles.length > 0) refuse(where, troubles);
  const leftOut = names.filter((column) => !numeric.includes(column) && !index.includes(column) && !options.except?.includes(column));
  const format = { delimiter, decimal, thousands, header };
  return { columns, rows: { data, shape: [body.length, columns.length] }, leftOut: options.columns ? [] : leftOut, index, format };
}

/** A cell that should be a number. */
interface Trouble {
  readonly line: number;
  readonly column: string;
  readonly wrong: string;
}

/** Tells the first cell, and how many there are in which columns. */
function refuse(where: string, troubles: readonly Trouble[]): never {
  const [{ line, column, wrong }] = troubles as readonly [Trouble];
  const counts = new Map<string, number>();
  for (const one of troubles) counts.set(one.column, (counts.get(one.column) ?? 0) + 1);
  const list = [...counts].map(([name, count]) => `"${name}" ${count}`).join(", ");
  const all = troubles.length > 1 ? ` Cells like it: ${list}.` : "";
  const header = line === 1 ? " If row 1 names the columns, say header: true." : "";
  const rows = new Set(troubles.map((one) => one.line)).size;
  return fail(
    "data",
    where,
    `row ${line}, column "${column}": ${wrong}.${all} Correct or remove the ${rows === 1 ? "row" : `${rows} rows`}, or leave the column${counts.size === 1 ? "" : "s"} out with except.${header}`,
    { details: { columns: Object.fromEntries(counts), rows } },
  );
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
  const cause = numeric.length > 0 ? "every column with numbers is left out" : "no column holds numbers";
  return fail("data", where, `${cause}. Columns are ${names.join(", ")}.`);
}
