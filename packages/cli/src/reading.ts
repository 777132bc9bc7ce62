import { delimiterNames } from "@flows/datasets";
import type { Data, ReadOptions } from "@flows/tables";
import type { Options, Values } from "./command.js";
import { textOption } from "./numbers.js";
import { misuse } from "./program/usage.js";

/** How DATA is written, where that is not found out. */
export const readingOptions: Options = {
  delimiter: { type: "string", value: "MARK", help: "Between cells: comma, semicolon, tab, bar, blank, or the mark itself." },
  decimal: { type: "string", value: "MARK", help: "Of numbers: point or comma." },
  thousands: { type: "string", value: "MARK", help: "Between groups of three digits: point, comma or none." },
  header: { type: "boolean", help: "The first row names the columns." },
  "no-header": { type: "boolean", help: "The first row holds numbers." },
  encoding: { type: "string", value: "NAME", help: "As utf-8, utf-16le or windows-1252." },
};

const marks = { comma: ",", semicolon: ";", tab: "\t", bar: "|", blank: " ", point: ".", none: "" } as const;
const delimiters = [",", ";", "\t", "|", " "];

function markOf<T extends string>(values: Values, name: string, allowed: readonly T[]): T | undefined {
  const text = textOption(values, name);
  if (text === undefined) return undefined;
  const mark = (Object.hasOwn(marks, text) ? marks[text as keyof typeof marks] : text) as T;
  const words = Object.entries(marks).flatMap(([word, one]) => (allowed.includes(one as T) ? [word] : []));
  return allowed.includes(mark) ? mark : misuse(`--${name} takes ${words.join(", ")}, got "${text}".`);
}

/** What a call says of how DATA is written. */
export function readingOf(values: Values): Pick<ReadOptions, "delimiter" | "decimal" | "thousands" | "header" | "encoding"> {
  if (values.header && values["no-header"]) misuse("--header and --no-header contradict each other.");
  return {
    delimiter: markOf(values, "delimiter", delimiters),
    decimal: markOf(values, "decimal", [".", ","]),
    thousands: markOf(values, "thousands", ["", ",", "."]),
    header: values.header ? true : values["no-header"] ? false : undefined,
    encoding: textOption(values, "encoding"),
  };
}

/** Which columns are left out, and why; "" where none is. */
export const leftOutWords = ({ leftOut, index = [] }: Data): string =>
  [
    ...(leftOut.length > 0 ? [`Left out, no numbers in them: ${leftOut.join(", ")}.`] : []),
    ...(index.length > 0 ? [`Left out, an index without a name: ${index.join(", ")}.`] : []),
  ].join(" ");

/** How a file was read, in one line; undefined of toys. */
export function readingWords({ rows, columns, format }: Data): string | undefined {
  if (!format) return undefined;
  const size = `Read ${rows.shape[0].toLocaleString("en")} rows of ${columns.length} ${columns.length === 1 ? "column" : "columns"}`;
  const { delimiter, decimal, thousands, header, encoding } = format;
  const parts = [
    `cells between ${delimiterNames[delimiter] ?? `"${delimiter}"`}`,
    `decimal ${decimal === "," ? "commas" : "points"}`,
    ...(thousands === "" ? [] : [`thousands between ${thousands === "," ? "commas" : "points"}`]),
    header ? "names in the first row" : "no header",
    ...(encoding === "utf-8" ? [] : [`encoding ${encoding}`]),
  ];
  return `${size}: ${parts.join(", ")}.`;
}
