import type { Rows, RowsLike, Table } from "@flows/core";
import { columnFaults } from "@flows/core/author";
import { type Split, type Standardisation, split, standardisation, standardise } from "@flows/datasets";
import type { Data } from "../data/rows.js";
import { rowsFor, type TableData } from "../data/table-data.js";

/** What a fit works on. All rows are in the user's units. */
export interface Parts extends Split<Rows> {
  readonly data: Data;
  /** From the training rows' moments, or none where the fit is raw. */
  readonly standard: Standardisation;
}

/** Which rows are for what. */
export interface Dealing {
  readonly seed?: number | undefined;
  readonly validation?: number | undefined;
  readonly test?: number | RowsLike | TableData | undefined;
  readonly raw?: boolean | undefined;
}

/** Fewer rows than this are not split without being asked. */
const fewest = 20;

/** Deals the rows to training, validation and test, and takes the training rows' moments. A constant column is refused by name, also in a raw fit. */
export function partsOf(data: Data, { seed = 0, validation, test, raw = false }: Dealing): Parts {
  const usual = data.rows.shape[0] < fewest ? 0 : 0.1;
  const apart = typeof test === "object" ? rowsFor(data.name, data.columns, test) : undefined;
  const shares = { validation: validation ?? usual, test: typeof test === "object" ? 0 : (test ?? usual) };
  const dealt = split(data.rows, { ...shares, seed });
  const moments = standardise(dealt.train, data.columns, data.name);
  const scale = data.columns.map(() => 1);
  const none = { shift: originOf(dealt.train, moments.shift), scale };
  return { ...dealt, test: apart ?? dealt.test, data, standard: raw ? standardisation(none) : moments };
}

/** Zeros; of columns that float32 would round, their means: what a raw fit sees has the user's units, but not their origin. */
function originOf(rows: Rows, means: readonly number[]): number[] {
  const rounded = new Set(columnFaults(rows).flatMap(({ kind, column }) => (kind === "rounded" || kind === "lost" ? [column] : [])));
  return means.map((mean, k) => (rounded.has(k) ? mean : 0));
}

/** The columns with the scaling that a fit saw. */
export const tableOf = ({ data, standard }: Parts): Table => ({
  columns: data.columns.map((name, i) => ({ name, support: "real", shift: standard.shift[i]!, scale: standard.scale[i]! })),
});
