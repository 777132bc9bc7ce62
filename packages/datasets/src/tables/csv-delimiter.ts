import { fail } from "@flows/core/author";
import { type Cells, checkCells, csvCells, plainText } from "./csv-cells.js";
import { checkFormats, type ScoredFormat, scoredFormats } from "./csv-format.js";
import type { CsvFormatOptions } from "./csv-options.js";
import type { NumberFormat } from "./number-cell.js";

/** How a text is split, and how its numbers are written. */
export interface Layout extends NumberFormat {
  readonly delimiter: string;
}

interface Candidate {
  readonly delimiter: string;
  readonly cells: Cells;
  readonly formats: readonly ScoredFormat[];
}

const names: Readonly<Record<string, string>> = {
  ",": "commas",
  ";": "semicolons",
  "\t": "tabs",
  "|": "bars",
  " ": "spaces",
  "": "nothing",
};

/** "semicolons" */
export const delimiterWords = (delimiter: string): string => names[delimiter] ?? JSON.stringify(delimiter);

/**
 * Splits a text by the delimiter and the number format that explain the most of it: every candidate splits the whole file, and its score is the
 * characters in cells that hold numbers. Two that differ and explain as much, or contradict each other, throw a FlowsError "data".
 */
export function laidOut(where: string, text: string, given: CsvFormatOptions): { readonly cells: Cells; readonly layout: Layout } {
  const plain = plainText(text);
  const best = given.delimiter === undefined ? found(where, plain, given) : candidate(plain, given.delimiter, given);
  const cells = withRowNames(best.cells);
  checkCells(where, cells);
  checkFormats(where, cells, best.formats);
  const { decimal, thousands } = best.formats[0]!;
  return { cells, layout: { delimiter: best.delimiter, decimal, thousands } };
}

function candidate(text: string, delimiter: string, given: CsvFormatOptions): Candidate {
  const cells = csvCells(text, delimiter === "" ? "\0" : delimiter);
  return { delimiter, cells, formats: scoredFormats(cells, delimiter, given) };
}

const score = ({ formats }: Candidate): number => formats[0]!.score;
const splits = ({ cells: { rows, broken } }: Candidate): boolean => !broken && rows.some((row) => row.length > 1);
const even = ({ cells }: Candidate): boolean => {
  const { rows } = withRowNames(cells);
  return rows.every((row) => row.length === rows[0]!.length);
};

function found(where: string, text: string, given: CsvFormatOptions): Candidate {
  const marks = [",", ";", "\t", "|"].filter((mark) => text.includes(mark)).map((mark) => candidate(text, mark, given));
  const broken = marks.find((one) => one.cells.broken);
  const spaces = /\S[ \t]+\S/.test(text) ? [candidate(text, " ", given)].filter(even) : [];
  const ranked = [...marks, ...spaces].filter(splits).sort((a, b) => score(b) - score(a) || Number(even(b)) - Number(even(a)));
  const whole = (): Candidate => candidate(text, "", given);
  const [best, next] = ranked;
  if (!best) return broken ?? whole();
  if (next && even(next) && rivals(best, next)) undecided(where, best, next);
  // A header of one name above decimal commas.
  if (best.delimiter === "," && !even(best) && best.cells.rows[0]!.length === 1) return whole();
  if (oneColumn(best)) undecided(where, best, whole());
  return best;
}

/** Two that explain as much; or spaces, where another mark gives whole columns of numbers too. */
const rivals = (best: Candidate, next: Candidate): boolean =>
  score(next) > 0 &&
  !alike(best.cells.rows, next.cells.rows) &&
  (score(best) === score(next) || (best.delimiter === " " && score(next) * 4 > score(best)));

const alike = (rows: Cells["rows"], others: Cells["rows"]): boolean =>
  rows.length === others.length &&
  rows.every((row, i) => row.length === others[i]!.length && row.every((cell, k) => cell.trim() === others[i]![k]!.trim()));

/** Whether two columns look like one of decimal commas: no sign nor point behind the comma, and digits as no integer has them. */
function oneColumn({ delimiter, cells: { rows } }: Candidate): boolean {
  if (delimiter !== ",") return false;
  const parts = rows.every((row) => row.length === 2 && /^[+-]?\d*$/.test(row[0]!) && /^\d+$/.test(row[1]!));
  return parts && rows.some(([left, right]) => /^-0$/.test(left!) || /^0\d/.test(right!));
}

function undecided(where: string, first: Candidate, second: Candidate): never {
  const show = ({ delimiter, cells: { rows } }: Candidate): string =>
    `by ${delimiterWords(delimiter)} row ${rows.length} is ${rows.at(-1)!.map((cell) => JSON.stringify(cell)).join(" and ")}`; // biome-ignore format: one sentence
  return fail("data", where, `it can be split in two ways: ${show(first)}; ${show(second)}. Say which with delimiter.`, {
    details: { options: ["delimiter"] },
  });
}

/** R writes the names of rows without one for their column: then the header is a cell short. */
function withRowNames(cells: Cells): Cells {
  const [header, ...body] = cells.rows;
  const width = (header?.length ?? 0) + 1;
  if (width < 3 || body.length === 0 || !body.every((row) => row.length === width)) return cells;
  return { ...cells, rows: [["", ...header!], ...body] };
}
