import type { Distribution } from "../contracts/index.js";
import { fail } from "../errors.js";
import { type Batch, type BatchLike, checkBatch, weightOf, withoutZeros } from "./batch.js";
import { checkFlow } from "./check.js";
import type { ChunkOptions } from "./chunks.js";
import { scoreRows } from "./score.js";

/** The weighted mean NLL of rows that were checked, in nats. */
export async function nllOf(flow: Distribution, { x, context, weights }: Batch, options: ChunkOptions = {}): Promise<number> {
  const scores = await scoreRows(flow, x, context, options);
  let sum = 0;
  for (let i = 0; i < scores.length; i++) sum -= weights ? weights[i]! * scores[i]! : scores[i]!;
  return sum / weightOf({ x, context, weights });
}

/**
 * The weighted mean negative log-likelihood of rows in evaluation mode, in nats; Infinity where a row lies outside the support.
 *
 * @example
 * const nats = await nll(model, { x: rows, weights });
 */
export async function nll(flow: Distribution, data: BatchLike, options: ChunkOptions = {}): Promise<number> {
  checkFlow("nll", flow);
  const batch = withoutZeros(checkBatch(flow, data, true, "nll"));
  if (batch.x.shape[0] === 0) fail("data", "nll", "expected at least one row that weighs something, got none.");
  return nllOf(flow, batch, options);
}
