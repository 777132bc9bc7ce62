import type { Rows } from "@flows/core";
import type { standardise, Toy } from "@flows/datasets";

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
