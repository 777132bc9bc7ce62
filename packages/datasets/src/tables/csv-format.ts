import { fail } from "@flows/core/author";
import { type Cells, csvCells } from "./csv-cells.js";
import { bestStyle, type NumberStyle, plainNumber, type Reading } from "./number-style.js";

/** How a text of cells is to be read; what is not said is found out over the whole text. */
export interface CsvFormatOptions {
  /** Between cells: ",", ";", "\t", "|" or, for any run of blanks, " ". */
  readonly delimiter?: string | undefined;
  readonly decimal?: "." | "," | undefined;
  /** Between groups of three digits: "," or "."; "" for none. */
  readonly thousands?: "" | "," | "." | undefined;
  /** Whether the first row names the columns; default: it does where it holds no number. */
  readonly header?: boolean | undefined;
}

/** How a text was read. */
export interface CsvFormat extends NumberStyle {
  readonly delimiter: string;
  readonly header: boolean;
}

/** Cells, with the marks that were found. */
export interface Marked extends NumberStyle {
  readonly delimiter: string;
  readonly cells: Cells;
}

export const delimiters = [",", ";", "\t", "|", " "] as const;
export const delimiterNames: Readonly<Record<string, string>> = {
  ",": "commas",
  ";": "semicolons",
  "\t": "tabs",
  "|": "bars",
  " ": "blanks",
};

interface Candidate extends Reading {
  readonly delimiter: string;
  readonly cells: Cells;
  /** The share of cells that are numbers. */
  readonly share: number;
}

function candidate(where: string, text: string, delimiter: string, options: CsvFormatOptions): Candidate {
  const cells = csvCells(where, text, delimiter);
  const body = cells.rows.length > 1 ? cells.rows.slice(1) : cells.rows;
  const reading = bestStyle(body, styleOf(options));
  return { delimiter, cells, ...reading, share: reading.count / body.reduce((sum, row) => sum + row.length, 0) };
}

const styleOf = ({ decimal, thousands }: CsvFormatOptions): Partial<NumberStyle> => ({
  ...(decimal !== undefined && { decimal }),
  ...(thousands !== undefined && { thousands }),
});

/**
 * Splits a text into cells by the delimiter and the decimal sign under which every row has the same width and most cells are numbers.
 * Where two readings are as good, the error shows both and names the option that decides.
 */
export function marked(where: string, text: string, options: CsvFormatOptions): Marked {
  const found = options.delimiter === undefined ? guessed(where, text, options) : candidate(where, text, options.delimiter, options);
  const { delimiter, cells, style, rival } = found;
  if (rival) ambiguous(where, rival.cell, style, rival.style);
  return { delimiter, cells, ...style };
}

function guessed(where: string, text: string, options: CsvFormatOptions): Candidate {
  const all = delimiters.map((delimiter) => candidate(where, text, delimiter, options));
  const whole = all.filter(({ cells }) => cells.ragged === undefined);
  const several = whole.filter(({ cells }) => cells.rows[0]!.length > 1);
  const most = Math.max(...several.map(({ share }) => share));
  const [best, second] = several.filter(({ share }) => share === most);
  if (best && second && second.delimiter !== " ")
    fail(
      "data",
      where,
      `its cells may be separated by ${delimiterNames[best.delimiter]} (${first(best)}) or by ${delimiterNames[second.delimiter]} (${first(second)}). Say which: delimiter.`,
      { details: { delimiters: [best.delimiter, second.delimiter] } },
    );
  return best ?? whole.find(({ cells }) => isSingle(cells)) ?? widest(all);
}

/** Whether a text of one column is no split one with a row of another width: its first row holds no mark. */
const isSingle = ({ rows }: Cells): boolean => !/[,;|\t]/.test(rows[0]![0]!);

/** Of readings that no row fits alike, the one that splits most: its error tells the row. */
const widest = (all: readonly Candidate[]): Candidate =>
  all.slice(0, -1).reduce((best, one) => (one.cells.rows[0]!.length > best.cells.rows[0]!.length ? one : best));

const first = ({ cells }: Candidate): string => cells.rows.at(-1)!.slice(0, 3).map((cell) => `"${cell.trim()}"`).join(", "); // biome-ignore format: one step a call

function ambiguous(where: string, cell: string, one: NumberStyle, other: NumberStyle): never {
  const text = cell.trim();
  const words = (style: NumberStyle): string =>
    `${plainNumber(text, style)} (decimal "${style.decimal}"${style.thousands ? `, thousands "${style.thousands}"` : ', thousands ""'})`;
  return fail("data", where, `"${text}" reads as ${words(one)} or as ${words(other)}. Say which: decimal and thousands.`, {
    details: { cell: text },
  });
}
