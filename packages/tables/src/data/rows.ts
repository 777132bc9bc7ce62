import type { Rows } from "@flows/core";
import type { CsvFormat, CsvFormatOptions, standardise, Toy } from "@flows/datasets";

/** Rows with the names of their columns; a toy also has a known density. */
export interface Data {
  /** As the user wrote it. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: Rows;
  readonly truth: Truth | undefined;
  /** Columns without a single number. */
  readonly leftOut: readonly string[];
  /** Columns without a name that only count or name the rows. */
  readonly index?: readonly string[] | undefined;
  /** How a file of text was read. */
  readonly format?: (CsvFormat & { readonly encoding: string }) | undefined;
}

/** The toy that rows are drawn from, and the map from its own units to the rows'. */
export interface Truth {
  readonly toy: Toy;
  readonly units: ReturnType<typeof standardise> | undefined;
}

export interface ReadOptions extends CsvFormatOptions {
  /** Of a toy's rows. Default 0. */
  readonly seed?: number | undefined;
  /** Of a file of text, as in "utf-8", "utf-16le" or "windows-1252"; default by its mark, else UTF-8, else Windows-1252 where it is no UTF-8. */
  readonly encoding?: string | undefined;
  /** The columns to use, in this order. */
  readonly columns?: readonly string[] | undefined;
  readonly except?: readonly string[] | undefined;
  /** The columns that a model was fitted on. They are found by name; in a file without names, by place. */
  readonly wanted?: readonly string[] | undefined;
  /** The fewest rows, default 2. */
  readonly atLeast?: number;
}
