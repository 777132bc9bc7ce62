import { type Floats, fail, select, shuffled } from "@flows/core/author";
import { type Data, scoreRows } from "@flows/tables";
import type { Terminal } from "../terminal.js";
import type { Contestant } from "./contestants.js";
import type { Scored } from "./held-out-scores.js";
import { refitted } from "./refitted.js";

export interface Folding {
  readonly folds: number;
  /** Deals the rows to the folds. */
  readonly seed: number;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

/** Fits every model's recipe anew without each fold in turn and scores that fold: every row is scored once by each model, by a fit that has not seen it. */
export async function crossValidated(contestants: readonly Contestant[], data: Data, folding: Folding): Promise<Scored> {
  const { folds, seed, terminal, signal } = folding;
  const n = data.rows.shape[0];
  // Each fit needs two rows, and each fold one.
  if (n < folds || n - Math.ceil(n / folds) < 2)
    fail("data", data.name, `${n} rows are too few for ${folds} folds. Give more rows, or fewer folds.`);
  const order = shuffled(n, seed, 0, "split");
  const scored = contestants.map(({ path }) => ({ path, logProb: new Float64Array(n) }));
  for (let fold = 0; fold < folds; fold++) {
    const inFold = order.filter((_, i) => i % folds === fold);
    const others = order.filter((_, i) => i % folds !== fold);
    for (const [i, contestant] of contestants.entries()) {
      terminal.say(`Fold ${fold + 1} of ${folds}: fitting ${contestant.path} anew to ${others.length.toLocaleString("en")} rows.`);
      const logProb = await foldScores(contestant, data, others, inFold, signal);
      inFold.forEach((row, at) => {
        scored[i]!.logProb[row] = logProb[at]!;
      });
    }
  }
  return { rows: n, scored };
}

async function foldScores(
  contestant: Contestant,
  data: Data,
  others: Int32Array,
  inFold: Int32Array,
  signal: AbortSignal,
): Promise<Floats> {
  const model = await refitted(contestant, { ...data, rows: select(data.rows, others) }, signal);
  try {
    return await scoreRows(model, select(data.rows, inFold), { signal });
  } finally {
    model.flow.dispose();
  }
}
