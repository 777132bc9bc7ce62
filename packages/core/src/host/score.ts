import { tidy } from "@tensorflow/tfjs-core";
import type { Distribution, Floats } from "../contracts/index.js";
import { checkSeed, draws } from "../random/index.js";
import { checkContext, checkFlow, checkRows, firstWhere } from "./check.js";
import { type ChunkOptions, contextTensor, inChunks } from "./chunks.js";
import { failOn, faultOfScore, withContext } from "./diagnose.js";
import { type Rows, type RowsLike, range, rowsTensor } from "./rows.js";

export interface ScoreOptions extends ChunkOptions {
  /** One row for each row of data, or one row for all. */
  readonly context?: RowsLike | undefined;
  /** Of the random numbers that a model draws while it scores, such as those that dequantise. Default 0. */
  readonly seed?: number | undefined;
}

/**
 * The log-density of every row, in nats: [n], Float64Array on a float64 backend. Memory stays flat whatever n is.
 * -Infinity is legal: such a row lies outside the support.
 *
 * Throws FlowsError: "shape", "data" (the cell), "context", "disposed", "backend", "aborted", and "nonfinite" with the layer, the direction and the row.
 *
 * @example
 * const logDensities = await score(model, [[0, 1], [2, 3]]);
 */
export async function score(flow: Distribution, rows: RowsLike, options: ScoreOptions = {}): Promise<Floats> {
  checkFlow("score", flow);
  const x = checkRows("score", flow, rows);
  return scoreRows(flow, x, checkContext("score", flow, options.context, x.shape[0]), options);
}

/** `score` of rows that were checked. */
export async function scoreRows(
  flow: Distribution,
  x: Rows,
  context: Rows | undefined,
  options: Omit<ScoreOptions, "context"> = {},
): Promise<Floats> {
  const { seed = 0 } = options;
  checkSeed(seed, "score");
  const out = await inChunks("score", x.shape[0], 1, options, (from, to) =>
    tidy(() => flow.logProb(rowsTensor(range(x, from, to)), { context: contextTensor(context, from, to), draws: draws(seed, from) })),
  );
  const bad = firstWhere(out, (value) => Number.isNaN(value) || value === Number.POSITIVE_INFINITY);
  if (bad >= 0)
    failOn(
      await withContext(contextTensor(context, bad, bad + 1), (call) =>
        faultOfScore(flow, rowsTensor(range(x, bad, bad + 1)), { ...call, draws: draws(seed, bad) }),
      ),
      bad,
    );
  return out;
}
