import { type Floats, fail, select, shuffled } from "@flows/core/author";
import type { Data } from "../data/rows.js";
import { scoreRows, type TableModel } from "../model/model.js";
import type { Scored } from "./held-out-scores.js";
import { refitted } from "./refitted.js";

/** A fit of a cross-validation. */
export interface FoldStart {
  /** From 1. */
  readonly fold: number;
  readonly folds: number;
  /** Of the model that is fitted anew. */
  readonly name: string;
  readonly rows: number;
}

export interface Folding {
  readonly folds: number;
  /** Deals the rows to the folds. */
  readonly seed: number;
  readonly signal: AbortSignal | undefined;
  readonly onFold: ((start: FoldStart) => void) | undefined;
}

/** Fits every model's recipe anew without each fold in turn and scores that fold: every row is scored once by each model, by a fit that has not seen it. */
export async function crossValidated(models: readonly TableModel[], data: Data, { folds, seed, signal, onFold }: Folding): Promise<Scored> {
  const n = data.rows.shape[0];
  // Each fit needs two rows, and each fold one.
  if (n < folds || n - Math.ceil(n / folds) < 2)
    fail("data", data.name, `${n} rows are too few for ${folds} folds. Give more rows, or fewer folds.`);
  const order = shuffled(n, seed, 0, "split");
  const scored = models.map(({ name }) => ({ name, logProb: new Float64Array(n) }));
  for (let fold = 0; fold < folds; fold++) {
    const inFold = order.filter((_, i) => i % folds === fold);
    const others = order.filter((_, i) => i % folds !== fold);
    for (const [i, model] of models.entries()) {
      onFold?.({ fold: fold + 1, folds, name: model.name, rows: others.length });
      const logProb = await foldScores(model, data, others, inFold, signal);
      inFold.forEach((row, at) => {
        scored[i]!.logProb[row] = logProb[at]!;
      });
    }
  }
  return { rows: n, scored };
}

async function foldScores(
  model: TableModel,
  data: Data,
  others: Int32Array,
  inFold: Int32Array,
  signal: AbortSignal | undefined,
): Promise<Floats> {
  const anew = await refitted(model, { ...data, rows: select(data.rows, others) }, signal);
  try {
    return await scoreRows(anew, select(data.rows, inFold), { signal });
  } finally {
    anew.flow.dispose();
  }
}
