import { type Floats, fail, select } from "@flows/core/author";
import { type Data, scoreRows, unseenRows } from "@flows/tables";
import type { Contestant } from "./contestants.js";

/** Log-densities by model, of the same rows. */
export interface Scored {
  readonly rows: number;
  readonly scored: readonly { readonly path: string; readonly logProb: Floats }[];
}

/** Rows from which on a difference has a standard error. */
const fewest = 2;

/** Scores the rows of DATA that no model has seen in its fit. */
export async function heldOutScores(contestants: readonly Contestant[], data: Data, signal: AbortSignal): Promise<Scored> {
  const unseenBy = contestants.map(({ model }) => new Set(unseenRows(model, data)));
  const unseen = Array.from({ length: data.rows.shape[0] }, (_, i) => i).filter((row) => unseenBy.every((rows) => rows.has(row)));
  if (unseen.length < fewest)
    fail(
      "data",
      data.name,
      `${unseen.length === 1 ? "1 row was" : "no row was"} held back from the fit of every model, and at least ${fewest} are needed. Give rows that none was fitted to, fit all with the same --seed and --split, or cross-validate with --folds 5.`,
    );
  const rows = select(data.rows, unseen);
  const scored: { path: string; logProb: Floats }[] = [];
  for (const { path, model } of contestants) scored.push({ path, logProb: await scoreRows(model, rows, { signal }) });
  return { rows: unseen.length, scored };
}
