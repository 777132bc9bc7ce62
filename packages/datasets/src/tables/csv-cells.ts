import { fail } from "@flows/core/author";
import Papa from "papaparse";

/** A text's cells, blank lines and comments left out, each row with the line of the file it begins on (from 1). */
export interface Cells {
  readonly rows: readonly (readonly string[])[];
  readonly lines: readonly number[];
  /** The first row that has another width than the first one. */
  readonly ragged: number | undefined;
  /** Whether the first row is one cell shorter than all others, as R writes names of rows. */
  readonly rowNames: boolean;
  /** What is wrong with a quote. */
  readonly broken: string | undefined;
}

const breaks = /\r\n|\r|\n/g;
/** A line whose first letter this is says something about the file. */
const comment = "#";
/** A cell between blanks: quoted, or without blanks. */
const blankCell = /"(?:[^"]|"")*"|[^\s"]+/g;

/** Splits a text into cells at a delimiter, " " for runs of blanks; quotes as in RFC 4180. */
export function csvCells(where: string, text: string, delimiter: string): Cells {
  if (text.includes("\0")) fail("data", where, "this is no text in UTF-8: it holds zero bytes. Save it as CSV in UTF-8.");
  const { data, starts, broken } = delimiter === " " ? byBlanks(text) : byMark(text, delimiter);
  const full = [...data.keys()].filter((i) => !isEmpty(data[i]!) && !data[i]![0]!.startsWith(comment));
  const rows = full.map((i) => data[i]!);
  if (rows.length === 0) fail("data", where, "the file is empty. Give it a header and at least two rows of numbers.");
  return { rows, lines: full.map((i) => starts[i]!), broken, ...widthsOf(rows) };
}

const isEmpty = (row: readonly string[]): boolean => row.length === 0 || (row.length === 1 && row[0]!.trim() === "");

interface Split {
  readonly data: readonly string[][];
  readonly starts: readonly number[];
  readonly broken: string | undefined;
}

function byMark(text: string, delimiter: string): Split {
  const { data, errors } = Papa.parse<string[]>(text.replace(/\r\n?/g, "\n"), { delimiter, newline: "\n" });
  const starts: number[] = [];
  let line = 1;
  for (const row of data) {
    starts.push(line);
    line += 1 + row.reduce((total, cell) => total + (cell.match(breaks)?.length ?? 0), 0);
  }
  const quote = errors.find((error) => error.type === "Quotes");
  return { data, starts, broken: quote && `${quote.message.replace(/\.?$/, "")} (row ${starts[quote.row ?? 0]})` };
}

function byBlanks(text: string): Split {
  const lines = text.replace(/^\ufeff/, "").split(breaks);
  const cellOf = (cell: string): string => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
  return { data: lines.map((line) => (line.match(blankCell) ?? []).map(cellOf)), starts: lines.map((_, i) => i + 1), broken: undefined };
}

function widthsOf(rows: readonly (readonly string[])[]): Pick<Cells, "ragged" | "rowNames"> {
  const width = rows[0]!.length;
  const other = (wanted: number): number => rows.findIndex((row, i) => i > 0 && row.length !== wanted);
  if (rows.length > 1 && width > 0 && rows[1]!.length === width + 1 && other(width + 1) < 0) return { ragged: undefined, rowNames: true };
  const ragged = other(width);
  return { ragged: ragged < 0 ? undefined : ragged, rowNames: false };
}

/** Refuses rows of other widths, and open quotes. */
export function checkCells(where: string, { rows, lines, ragged, broken }: Cells): void {
  if (broken !== undefined) fail("data", where, `${broken}. Close the quote, or double it inside a quoted cell.`);
  if (ragged === undefined) return;
  const cells = rows[ragged]!.length === 1 ? "cell" : "cells";
  fail(
    "data",
    where,
    `row ${lines[ragged]} has ${rows[ragged]!.length} ${cells}, row ${lines[0]} has ${rows[0]!.length}. Every row needs as many cells as the first.`,
  );
}
