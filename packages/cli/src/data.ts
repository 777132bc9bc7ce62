import { readFile } from "node:fs/promises";
import { fail, type Rows } from "@flows/core";
import { isToySpec, parseCsv, parseNpy, parseToy, standardise, type Toy } from "@flows/datasets";
import { chooseColumns, namingAll, numbered } from "./columns.js";
import type { Terminal } from "./terminal.js";

/** Rows with the names of their columns; a toy also has a known density. */
export interface Data {
  /** As the user wrote it. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: Rows;
  readonly truth: Truth | undefined;
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

/** Reads a toy, an npy file or a CSV file. */
export async function readData(spec: string, options: ReadOptions, terminal: Terminal): Promise<Data> {
  if (isToySpec(spec)) return toyData(spec, options);
  const bytes = await readFile(spec).catch((error: NodeJS.ErrnoException) => fail("data", spec, unreadable(error)));
  const rows = spec.toLowerCase().endsWith(".npy") ? npyData(spec, bytes, options) : csvData(spec, bytes, options, terminal);
  return { name: spec, ...rows, truth: undefined };
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file",
  EACCES: "this user may not read it",
  EISDIR: "it is a folder",
};

/** What to say of a file that cannot be read. */
export const unreadable = ({ code = "", message }: NodeJS.ErrnoException): string => `cannot be read: ${reasons[code] ?? message}.`;

function toyData(spec: string, options: ReadOptions): Data {
  const { toy, n, standardize } = parseToy(spec);
  const drawn = toy.sample(n, options.seed);
  const units = standardize ? standardise(drawn) : undefined;
  const { columns, rows } = chooseColumns(spec, units ? units.apply(drawn) : drawn, options);
  const whole = columns.join() === numbered(toy.features).join();
  return { name: spec, columns, rows, truth: whole ? { toy, units } : undefined };
}

const npyData = (spec: string, bytes: Uint8Array, options: ReadOptions): Pick<Data, "columns" | "rows"> =>
  chooseColumns(spec, parseNpy(bytes, { name: spec, atLeast: options.atLeast ?? 2 }), options);

function csvData(spec: string, bytes: Uint8Array, options: ReadOptions, terminal: Terminal): Pick<Data, "columns" | "rows"> {
  const { wanted, columns = wanted, except, atLeast = 2 } = options;
  const text = new TextDecoder().decode(bytes);
  const parse = (chosen: readonly string[] | undefined) => parseCsv(text, { name: spec, atLeast, columns: chosen, except });
  const table = columns === wanted && wanted ? namingAll(spec, wanted, parse) : parse(columns);
  if (table.leftOut.length > 0) terminal.say(`Left out, no numbers in them: ${table.leftOut.join(", ")}.`);
  return table;
}
