import { type Conditioner, type Distribution, type RowsLike, score } from "@flows/core";
import { type ChunkOptions, type Floats, fail, inChunks, tensorOf } from "@flows/core/author";
import { reshape } from "@flows/core/ops";
import { tidy } from "@tensorflow/tfjs-core";
import { type Matrix, matrixOf } from "../matrix.js";

/** Refuses a network that is no function from such rows to one number. */
export function checkNetwork(where: string, { features, outputs, contextFeatures, type }: Conditioner, width: number): void {
  if (features === width && outputs === 1 && contextFeatures === 0) return;
  fail(
    "config",
    where,
    `expected a network of ${width} features, 1 output and no context, got ${type} of ${features}, ${outputs} and ${contextFeatures}.`,
  );
}

/** What the network says of rows, [n]. */
export const outputsOf = (
  where: string,
  network: Conditioner,
  { data, n, features }: Matrix,
  options: ChunkOptions = {},
): Promise<Floats> =>
  inChunks(where, n, 1, options, (from, to) =>
    tidy(() => reshape(network.apply(tensorOf(data.subarray(from * features, to * features), [to - from, features])), [to - from])),
  );

/**
 * log p / q of every row, [n], by a network that `fitRatio` has fitted.
 *
 * @example
 * const weights = (await logRatio(network, rows)).map(Math.exp);
 */
export async function logRatio(network: Conditioner, rows: RowsLike, options: ChunkOptions = {}): Promise<Floats> {
  const x = matrixOf("logRatio", rows, 1);
  checkNetwork("logRatio", network, x.features);
  return outputsOf("logRatio", network, x, options);
}

/**
 * log p / q of every row as the difference of two log-densities, [n]: Infinity where q alone has no density.
 *
 * It needs no fit of its own, but carries the errors of both densities, and where q is small a small error of log q is a large one of
 * the ratio: `fitRatio` estimates the ratio directly. Throws FlowsError "domain" where neither has a density.
 *
 * @example
 * const differences = await naiveLogRatio(p, q, rows);
 */
export async function naiveLogRatio(p: Distribution, q: Distribution, rows: RowsLike, options: ChunkOptions = {}): Promise<Floats> {
  const [above, below] = [await score(p, rows, options), await score(q, rows, options)];
  const ratios = above.map((value, i) => value - below[i]!);
  const outside = ratios.findIndex((value: number) => Number.isNaN(value));
  if (outside >= 0)
    fail(
      "domain",
      "naiveLogRatio",
      `row ${outside} lies outside the support of both densities, so they have no ratio there. Leave it out.`,
    );
  return ratios;
}
