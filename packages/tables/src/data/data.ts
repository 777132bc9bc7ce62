import { parseCsv, parseNpy, parseToy, standardise, textOfBytes } from "@flows/datasets";
import { chooseColumns, namingAll, numbered } from "./columns.js";
import type { Data, ReadOptions } from "./rows.js";

/** A toy by its text. */
export function toyData(spec: string, options: ReadOptions): Data {
  const { toy, n, standardize } = parseToy(spec);
  const drawn = toy.sample(n, options.seed);
  const units = standardize ? standardise(drawn) : undefined;
  const { columns, rows } = chooseColumns(spec, units ? units.apply(drawn) : drawn, options);
  const whole = columns.join() === numbered(toy.features).join();
  return { name: spec, columns, rows, truth: whole ? { toy, units } : undefined, leftOut: [] };
}

/** The content of an npy or a CSV file, whichever its name says. */
export function fileData(name: string, bytes: Uint8Array, options: ReadOptions): Data {
  const table = name.toLowerCase().endsWith(".npy") ? npyTable(name, bytes, options) : csvTable(name, bytes, options);
  return { name, ...table, truth: undefined };
}

type NamedRows = Pick<Data, "columns" | "rows" | "leftOut" | "numbering" | "dropped" | "reading">;

function npyTable(name: string, bytes: Uint8Array, options: ReadOptions): NamedRows {
  const rows = parseNpy(bytes, { name, atLeast: options.atLeast ?? 2 });
  return { ...chooseColumns(name, rows, options), leftOut: [] };
}

function csvTable(name: string, bytes: Uint8Array, options: ReadOptions): NamedRows {
  const { wanted, columns = wanted, except, atLeast = 2, delimiter, decimal, thousands, header, na, missing } = options;
  const { text, encoding } = textOfBytes(bytes, { encoding: options.encoding, name });
  const parse = (chosen: readonly string[] | undefined) =>
    parseCsv(text, { name, atLeast, columns: chosen, except, delimiter, decimal, thousands, header, na, missing });
  const table = columns === wanted && wanted ? namingAll(name, wanted, parse) : parse(columns);
  return { ...table, reading: { ...table.reading, encoding } };
}
