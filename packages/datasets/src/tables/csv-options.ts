import { checkOptions, fail, oneOf } from "@flows/core/author";

/** How a text is to be read, where the text itself does not tell, or tells it wrong. */
export interface CsvFormatOptions {
  /** What stands between cells: ",", ";", "\t", "|", " " for any spaces and tabs, another mark, or "" in a file of one column. Default: found from the whole text. */
  readonly delimiter?: string | undefined;
  /** The decimal sign. Default: found from the whole text. */
  readonly decimal?: "." | "," | undefined;
  /** What groups digits by three; "" for nothing. Default: found from the whole text. */
  readonly thousands?: string | undefined;
  /** Whether the first row names the columns. Default: found from the whole text. */
  readonly header?: boolean | undefined;
  /** Cells that stand for a missing value, beside empty ones, NA, N/A, null, none, ? and -. */
  readonly na?: readonly string[] | undefined;
  /** What to do with rows that miss a cell: refuse the file, or drop and count them. Default "refuse". */
  readonly missing?: "refuse" | "drop" | undefined;
}

export interface CsvOptions extends CsvFormatOptions {
  /** The columns to use, in this order; default all that hold numbers. */
  readonly columns?: readonly string[] | undefined;
  /** Columns to leave out. */
  readonly except?: readonly string[] | undefined;
  /** The fewest rows to accept; default 2. */
  readonly atLeast?: number | undefined;
  /** What to call the text in errors, as a file's name; default "parseCsv". */
  readonly name?: string | undefined;
}

type Check = (where: string, name: string, value: unknown) => unknown;
const ofType = (expected: string, fits: (value: unknown) => boolean): { help: string; usual: undefined; check: Check } => ({
  help: "",
  usual: undefined,
  check: (where, name, value) =>
    fits(value) || fail("config", where, `${name} must be ${expected}, got ${JSON.stringify(value)}.`, { details: { name, expected } }),
});
const names = ofType("a list of texts", (value) => Array.isArray(value) && value.every((one) => typeof one === "string"));
const mark = ofType(
  "one character that is no letter, digit, quote or line end",
  (value) => typeof value === "string" && /^[^\w"\n\r]?$/.test(value),
);

const table = {
  delimiter: mark,
  decimal: { ...mark, check: (where: string, name: string, value: unknown) => oneOf(where, name, value, [".", ","]) },
  thousands: ofType(
    "one character that is no digit, letter or sign, or nothing",
    (value) => typeof value === "string" && /^[^\w+-]?$/.test(value),
  ),
  header: ofType("true or false", (value) => typeof value === "boolean"),
  na: names,
  missing: { ...mark, check: (where: string, name: string, value: unknown) => oneOf(where, name, value, ["refuse", "drop"]) },
  columns: names,
  except: names,
  atLeast: ofType("a whole number", Number.isInteger),
  name: ofType("a text", (value) => typeof value === "string"),
};

/** Throws FlowsError "config" for an option that is not known, and for values that do not go together. */
export function checkCsvOptions(where: string, options: CsvOptions): void {
  checkOptions(where, table, options);
  const { delimiter, decimal, thousands } = options;
  if (decimal !== undefined && decimal === thousands)
    fail("config", where, `decimal and thousands are both ${JSON.stringify(decimal)}. They must differ.`);
  if (delimiter !== undefined && delimiter === thousands && delimiter === " ")
    fail("config", where, "cells and thousands are both apart by spaces. Leave one of delimiter and thousands out.");
}
