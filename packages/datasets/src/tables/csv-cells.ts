import { fail } from "@flows/core/author";
import Papa from "papaparse";

/** A text's cells, blank lines left out, each row with the line of the file it begins on (from 1). */
export interface Cells {
  readonly rows: readonly (readonly string[])[];
  readonly lines: readonly number[];
}

const breaks = /\r\n|\r|\n/g;

/** Splits a text into cells: comma, semicolon, tab or bar, found from the text; quotes as in RFC 4180. */
export function csvCells(where: string, text: string): Cells {
  if (text.includes("\0")) fail("data", where, "this is no text in UTF-8: it holds zero bytes. Save it as CSV in UTF-8.");
  const { data, errors } = Papa.parse<string[]>(text);
  const starts: number[] = [];
  let line = 1;
  for (const row of data) {
    starts.push(line);
    line += 1 + row.reduce((total, cell) => total + (cell.match(breaks)?.length ?? 0), 0);
  }
  const full = [...data.keys()].filter((i) => data[i]!.length > 1 || data[i]![0]!.trim() !== "");
  const rows = full.map((i) => data[i]!);
  const lines = full.map((i) => starts[i]!);
  const broken = errors.find((error) => error.type === "Quotes");
  if (broken)
    fail(
      "data",
      where,
      `${broken.message.replace(/\.?$/, "")} (row ${starts[broken.row ?? 0]}). Close the quote, or double it inside a quoted cell.`,
    );
  if (rows.length === 0) fail("data", where, "the file is empty. Give it a header and at least two rows of numbers.");
  checkWidths(where, rows, lines);
  return { rows, lines };
}

function checkWidths(where: string, rows: readonly string[][], lines: readonly number[]): void {
  const width = rows[0]!.length;
  const ragged = rows.findIndex((row) => row.length !== width);
  if (ragged < 0) return;
  const cells = rows[ragged]!.length === 1 ? "cell" : "cells";
  fail(
    "data",
    where,
    `row ${lines[ragged]} has ${rows[ragged]!.length} ${cells}, row ${lines[0]} has ${width}. Every row needs as many cells as the first.`,
  );
}
