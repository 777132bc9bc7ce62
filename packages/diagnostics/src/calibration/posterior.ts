import type { Rows, RowsLike } from "@flows/core";
import { fail, uniforms } from "@flows/core/author";
import { checkedRows } from "../rows.js";

/** Truths, each with draws of the posterior that a model found for it. Without a context: rows, each with samples of the model. */
export interface Posterior {
  /** [n, parameters] */
  readonly truths: RowsLike;
  /** [n, draws, parameters] */
  readonly draws: Rows;
}

/** A posterior, checked. */
export interface CheckedPosterior {
  readonly n: number;
  readonly draws: number;
  readonly parameters: number;
  readonly truth: (row: number, parameter: number) => number;
  readonly draw: (row: number, draw: number, parameter: number) => number;
}

/** Truths from which on a test can say something. */
export const fewestTruths = 10;

/** Refuses shapes that do not belong together, and too few truths or draws. */
export function checkedPosterior(where: string, { truths, draws }: Posterior): CheckedPosterior {
  const truth = checkedRows(where, "truths", truths, fewestTruths);
  const [n, parameters = 1] = truth.shape;
  const [rows, count = 0, width = 0] = draws.shape;
  if (draws.shape.length !== 3 || rows !== n || width !== parameters)
    fail("shape", where, `truths [${n}, ${parameters}] want draws of shape [${n}, draws, ${parameters}], got [${draws.shape}].`);
  if (count < 1) fail("data", where, "there are no draws. Give at least one for each truth, better a hundred.");
  const values = checkedRows(where, "draws", draws).data;
  return {
    n,
    draws: count,
    parameters,
    truth: (row, parameter) => truth.data[row * parameters + parameter]!,
    draw: (row, draw, parameter) => values[(row * count + draw) * parameters + parameter]!,
  };
}

/** Ranks of truths among so many draws, and where in [0, 1] each lies: evenly spread within its rank, by chance. */
export interface Ranking {
  readonly ranks: Int32Array;
  readonly draws: number;
  readonly places: Float64Array;
}

/** Ranks a value of each row among the row's other values: how many are smaller, equal ones above or below by chance. */
export function ranksOf(
  { n, draws }: { readonly n: number; readonly draws: number },
  seed: number,
  truth: (row: number) => number,
  draw: (row: number, draw: number) => number,
): Ranking {
  const chance = uniforms(seed, 0, n, 2, "ties");
  const ranks = Int32Array.from({ length: n }, (_, row) => {
    const value = truth(row);
    let [below, equal] = [0, 0];
    for (let i = 0; i < draws; i++) {
      const other = draw(row, i);
      if (other < value) below++;
      else if (other === value) equal++;
    }
    return below + Math.floor(chance[2 * row]! * (equal + 1));
  });
  return { ranks, draws, places: Float64Array.from(ranks, (rank, row) => (rank + chance[2 * row + 1]!) / (draws + 1)) };
}
