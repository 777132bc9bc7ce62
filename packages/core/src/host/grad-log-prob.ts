import { grad, sum, tidy } from "@tensorflow/tfjs-core";
import type { Distribution } from "../contracts/index.js";
import { sizeOf } from "../modules/params.js";
import { checkContext, checkFlow, checkRows } from "./check.js";
import { contextTensor, inChunks } from "./chunks.js";
import { failOn, faultOfScore, withContext } from "./diagnose.js";
import { type Rows, type RowsLike, range, rowsTensor } from "./rows.js";
import type { ScoreOptions } from "./score.js";

/**
 * The score function d log p(x) / dx of every row, of the rows' shape: which way a row becomes more likely.
 *
 * Throws what `score` throws; "nonfinite" also for a row outside the support, where there is no gradient.
 *
 * @example
 * const { data } = await gradLogProb(model, [[0, 1]]);
 */
export async function gradLogProb(flow: Distribution, rows: RowsLike, options: ScoreOptions = {}): Promise<Rows> {
  checkFlow("gradLogProb", flow);
  const x = checkRows("gradLogProb", flow, rows);
  const [n] = x.shape;
  const width = sizeOf(flow.eventShape);
  const context = checkContext("gradLogProb", flow, options.context, n);
  const data = await inChunks("gradLogProb", n, width, options, (from, to) =>
    tidy(() => {
      const call = { context: contextTensor(context, from, to) };
      return grad((part) => sum(flow.logProb(part, call)))(rowsTensor(range(x, from, to)));
    }),
  );
  const bad = Math.floor(data.findIndex((value) => !Number.isFinite(value)) / width);
  if (bad >= 0) {
    const fault = await withContext(contextTensor(context, bad, bad + 1), (call) =>
      faultOfScore(flow, rowsTensor(range(x, bad, bad + 1)), call),
    );
    failOn(fault.where === flow.type ? { where: flow.type, text: "the gradient of the log-density is not finite" } : fault, bad);
  }
  return { data, shape: x.shape };
}
