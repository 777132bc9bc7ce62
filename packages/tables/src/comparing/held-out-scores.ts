import { type Floats, fail, select } from "@flows/core/author";
import type { Data } from "../data/rows.js";
import { scoreRows, type TableModel } from "../model/model.js";
import { unseenRows } from "../quality/held-out.js";

/** Log-densities by model, of the same rows. */
export interface Scored {
  readonly rows: number;
  readonly scored: readonly { readonly name: string; readonly logProb: Floats }[];
}

/** Rows from which on a difference has a standard error. */
const fewest = 2;

/** Scores the rows that no model has seen in its fit. */
export async function heldOutScores(models: readonly TableModel[], data: Data, signal: AbortSignal | undefined): Promise<Scored> {
  const unseenBy = models.map((model) => new Set(unseenRows(model, data)));
  const unseen = Array.from({ length: data.rows.shape[0] }, (_, i) => i).filter((row) => unseenBy.every((rows) => rows.has(row)));
  if (unseen.length < fewest)
    fail(
      "data",
      data.name,
      `${unseen.length === 1 ? "1 row was" : "no row was"} held back from the fit of every model, and at least ${fewest} are needed. Give rows that none was fitted to, fit all with the same --seed and --split, or cross-validate with --folds 5.`,
    );
  const rows = select(data.rows, unseen);
  const scored: { name: string; logProb: Floats }[] = [];
  for (const model of models) scored.push({ name: model.name, logProb: await scoreRows(model, rows, { signal }) });
  return { rows: unseen.length, scored };
}
