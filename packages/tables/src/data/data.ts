import type { Rows } from "@flows/core";
import { parseCsv, parseNpy, parseToy, standardise, type Toy } from "@flows/datasets";
import { chooseColumns, namingAll, numbered } from "./columns.js";

/** Rows with the names of their columns; a toy also has a known density. */
export interface Data {
  /** As the user wrote it. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: Rows;
  readonly truth: Truth | undefined;
  /** Columns without a single number. */
  readonly leftOut: readonly string[];
}

/** The toy that rows are drawn from, and the map from its own units to the rows'. */
export interface Truth {
  readonly toy: Toy;
  readonly units: ReturnType<typeof standardise> | undefined;
}

export interface ReadOptions {
  /** Of a toy's rows. */
  readonly seed: number;
  /** The columns to use, in this order. */
  readonly columns?: readonly string[] | undefined;
  readonly except?: readonly string[] | undefined;
  /** The columns that a model was fitted on. They are found by name; in a file without names, by place. */
  readonly wanted?: readonly string[] | undefined;
  /** The fewest rows, default 2. */
  readonly atLeast?: number;
}

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

type NamedRows = Pick<Data, "columns" | "rows" | "leftOut">;

function npyTable(name: string, bytes: Uint8Array, options: ReadOptions): NamedRows {
  const rows = parseNpy(bytes, { name, atLeast: options.atLeast ?? 2 });
  return { ...chooseColumns(name, rows, options), leftOut: [] };
}

function csvTable(name: string, bytes: Uint8Array, { wanted, columns = wanted, except, atLeast = 2 }: ReadOptions): NamedRows {
  const text = new TextDecoder().decode(bytes);
  const parse = (chosen: readonly string[] | undefined) => parseCsv(text, { name, atLeast, columns: chosen, except });
  return columns === wanted && wanted ? namingAll(name, wanted, parse) : parse(columns);
}
