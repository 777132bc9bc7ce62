import type { ReadOptions } from "@flows/tables";
import type { Options, Values } from "./command.js";
import { listOption, textOption } from "./numbers.js";
import { misuse } from "./program/usage.js";

/** How DATA is to be read, where the file itself does not tell. */
export const dataOptions: Options = {
  delimiter: { type: "string", value: "MARK", help: "What stands between cells: a mark, or comma, semicolon, tab, bar, space, none." },
  decimal: { type: "string", value: "MARK", help: "The decimal sign: point or comma, or the mark itself." },
  thousands: { type: "string", value: "MARK", help: "What groups digits by three: comma, point, space, none, or a mark." },
  header: { type: "boolean", help: "The first row names the columns." },
  "no-header": { type: "boolean", help: "The first row is a row of numbers." },
  na: { type: "string", value: "A,B", help: "Cells that stand for a missing value, beside empty ones, NA, null and ?." },
  encoding: { type: "string", value: "NAME", help: "Of the text, as windows-1252. Default found from the file." },
};

/** What of DATA goes where rows need no place: in `score`, every row keeps its own. */
export const missingOption: Options = {
  missing: { type: "string", value: "drop", help: "Leaves rows with a missing cell out and counts them, instead of refusing the file." },
};

type Told = Pick<ReadOptions, "delimiter" | "decimal" | "thousands" | "header" | "na" | "encoding" | "missing">;

const marks: Readonly<Record<string, string>> = {
  comma: ",",
  semicolon: ";",
  tab: "\t",
  "\\t": "\t",
  bar: "|",
  space: " ",
  point: ".",
  none: "",
};

function markOption(values: Values, name: string): string | undefined {
  const text = textOption(values, name);
  return text === undefined ? undefined : (marks[text] ?? text);
}

/** The options of DATA. A wrong one is told in the words of the call. */
export function toldOptions(values: Values): Told {
  const [delimiter, decimal, thousands] = ["delimiter", "decimal", "thousands"].map((name) => markOption(values, name));
  if (decimal !== undefined && decimal !== "." && decimal !== ",") misuse(`--decimal takes point or comma, got "${decimal}".`);
  if (decimal !== undefined && decimal === thousands) misuse("--decimal and --thousands are the same mark; they must differ.");
  if (values.header && values["no-header"]) misuse("give --header or --no-header, not both.");
  const missing = textOption(values, "missing");
  if (missing !== undefined && missing !== "drop" && missing !== "refuse") misuse(`--missing takes drop or refuse, got "${missing}".`);
  const header = values.header ? true : values["no-header"] ? false : undefined;
  return {
    delimiter,
    decimal: decimal as "." | "," | undefined,
    thousands,
    header,
    na: listOption(values, "na"),
    encoding: textOption(values, "encoding"),
    missing: missing as "drop" | "refuse" | undefined,
  };
}
