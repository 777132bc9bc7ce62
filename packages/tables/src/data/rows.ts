import type { Rows } from "@flows/core";
import type { CsvFormatOptions, CsvReading, standardise, Toy } from "@flows/datasets";

/** Rows with the names of their columns; a toy also has a known density. */
export interface Data {
  /** As the user wrote it. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: Rows;
  readonly truth: Truth | undefined;
  /** Columns without a single number. */
  readonly leftOut: readonly string[];
  /** Of a text: columns left out because they number the rows, rows dropped for a missing cell, and how it was read. */
  readonly numbering?: readonly string[];
  readonly dropped?: number;
  readonly reading?: CsvReading & { readonly encoding: string };
}

/** The toy that rows are drawn from, and the map from its own units to the rows'. */
export interface Truth {
  readonly toy: Toy;
  readonly units: ReturnType<typeof standardise> | undefined;
}

export interface ReadOptions extends CsvFormatOptions {
  /** Of a toy's rows. */
  readonly seed: number;
  /** Of a text; default by its byte order mark, else UTF-8, else Windows-1252. Named as the Encoding Standard does. */
  readonly encoding?: string | undefined;
  /** The columns to use, in this order. */
  readonly columns?: readonly string[] | undefined;
  readonly except?: readonly string[] | undefined;
  /** The columns that a model was fitted on. They are found by name; in a file without names, by place. */
  readonly wanted?: readonly string[] | undefined;
  /** The fewest rows, default 2. */
  readonly atLeast?: number;
}
