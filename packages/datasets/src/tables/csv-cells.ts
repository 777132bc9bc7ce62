import { fail } from "@flows/core/author";
import Papa from "papaparse";

/** A text's cells, blank and comment lines left out, each row with the line of the file it begins on (from 1). */
export interface Cells {
  readonly rows: readonly (readonly string[])[];
  readonly lines: readonly number[];
  /** A quote that is not closed, in words. */
  readonly broken: string | undefined;
}

/** Ends lines one way and empties those of comments: "#" and no mark, digit or quote after it, which begin a column of that name. */
export const plainText = (text: string): string =>
  text
    .replace(/^\ufeff/, "")
    .replace(/\r\n?/g, "\n")
    .replace(/^#(?![,;\t|\d"]).*$/gm, "");

/** Splits a plain text at a mark, quotes as in RFC 4180; " " stands for any spaces and tabs. */
export const csvCells = (text: string, delimiter: string): Cells => (delimiter === " " ? spaced(text) : marked(text, delimiter));

function spaced(text: string): Cells {
  const all = text.split("\n").map((line) => (line.match(/"[^"]*"|\S+/g) ?? []).map((cell) => cell.replace(/^"(.*)"$/, "$1")));
  const full = [...all.keys()].filter((i) => all[i]!.length > 0);
  return { rows: full.map((i) => all[i]!), lines: full.map((i) => i + 1), broken: undefined };
}

function marked(text: string, delimiter: string): Cells {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline: "\n" });
  const starts: number[] = [];
  let line = 1;
  for (const row of data) {
    starts.push(line);
    line += row.reduce((total, cell) => total + (cell.includes("\n") ? cell.split("\n").length - 1 : 0), 1);
  }
  const full = [...data.keys()].filter((i) => data[i]!.some((cell) => cell.trim() !== ""));
  const quote = errors.find((error) => error.type === "Quotes");
  return {
    rows: full.map((i) => data[i]!),
    lines: full.map((i) => starts[i]!),
    broken:
      quote && `${quote.message.replace(/\.?$/, "")} (row ${starts[quote.row ?? 0]}). Close the quote, or double it inside a quoted cell.`,
  };
}

/** Throws FlowsError "data" for an open quote, an empty file and rows of different widths. */
export function checkCells(where: string, { rows, lines, broken }: Cells): void {
  if (broken) fail("data", where, broken);
  if (rows.length === 0) fail("data", where, "the file is empty. Give it a header and at least two rows of numbers.");
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
