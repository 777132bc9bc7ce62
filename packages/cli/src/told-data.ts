import { isFlowsError } from "@flows/core";
import { fail } from "@flows/core/author";
import { delimiterWords, formatWords } from "@flows/datasets";
import type { Data, ReadOptions } from "@flows/tables";
import { readData } from "@flows/tables/node";
import type { Values } from "./command.js";
import { toldOptions } from "./data-options.js";
import { misuseOf } from "./numbers.js";
import type { Terminal } from "./terminal.js";

/** Reads DATA, says how it was read and which of its columns are left out. */
export async function toldData(spec: string, options: ReadOptions, values: Values, terminal: Terminal): Promise<Data> {
  const told = toldOptions(values);
  const data = await readData(spec, { ...options, ...told }).catch((error: unknown) => explained(error, values));
  if (data.reading) terminal.say(readWords(data));
  if (data.leftOut.length > 0) terminal.say(`Left out, no numbers in them: ${data.leftOut.join(", ")}.`);
  if (data.numbering?.length) terminal.say(`Left out, it numbers the rows: ${data.numbering.join(", ")}.`);
  if (data.dropped) terminal.say(`Left out, a cell is missing in them: ${data.dropped.toLocaleString("en")} rows.`);
  return data;
}

/** "Read flowers.csv: 150 rows of 4 columns by commas, decimal point, names in the first row, utf-8." */
function readWords({ name, rows, columns, reading }: Data): string {
  const n = rows.shape[0];
  const size = `${n === 1 ? "1 row" : `${n.toLocaleString("en")} rows`} of ${columns.length === 1 ? "1 column" : `${columns.length} columns`}`;
  const { delimiter, header, encoding } = reading!;
  const between = delimiter === "" ? "" : ` by ${delimiterWords(delimiter)}`;
  return `Read ${name}: ${size}${between}, ${formatWords(reading!)}, ${header ? "names in the first row" : "no header"}, ${encoding}.`;
}

/** Names the options of the call that decide how a file is read. */
function explained(error: unknown, values: Values): never {
  if (!isFlowsError(error) || !error.details?.options) return misuseOf(error, values);
  const flags = (error.details.options as readonly string[]).flatMap((name) =>
    name === "header" ? ["--header", "--no-header"] : [`--${name}`],
  );
  const text = error.text.replace(/Say which with [^.]*\.$/, `Say which with ${flags.join(" or ")}.`);
  return fail(error.code, error.where, text, { cause: error });
}
