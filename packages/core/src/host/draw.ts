import { tidy } from "@tensorflow/tfjs-core";
import { finiteNumber, wholeNumber } from "../checks.js";
import type { Distribution } from "../contracts/index.js";
import { callFor } from "../modules/call.js";
import { sizeOf } from "../modules/params.js";
import { checkSeed } from "../random/index.js";
import { checkContext, checkFlow, firstWhere } from "./check.js";
import { type ChunkOptions, contextTensor, inChunks } from "./chunks.js";
import { failOn, faultOfSample, withContext } from "./diagnose.js";
import { baseOf } from "./layers.js";
import type { Rows, RowsLike } from "./rows.js";

export interface DrawOptions extends ChunkOptions {
  /** A whole number from 0 to 2^53 - 1. Default 0. */
  readonly seed?: number | undefined;
  /** The number of the first row: rows first .. first + n - 1 of the seed. Default 0. */
  readonly first?: number | undefined;
  /** One row for each sample, or one row for all. */
  readonly context?: RowsLike | undefined;
  /** Scales the base's spread; 1 is the model's own distribution. Default 1. */
  readonly temperature?: number | undefined;
}

/** Samples, and the seed they came from. */
export interface Drawn extends Rows {
  readonly seed: number;
}

/**
 * Samples first .. first + n - 1 of a seed: the same numbers whatever n, first and chunk are.
 *
 * Throws FlowsError: "config" (n, seed, temperature), "context", "disposed", "backend", "aborted", and "nonfinite" with the layer and the row.
 *
 * @example
 * const { data, shape } = await draw(model, 1000, { seed: 7 });
 */
export async function draw(flow: Distribution, n: number, options: DrawOptions = {}): Promise<Drawn> {
  const { seed = 0, first = 0, temperature = 1 } = options;
  checkFlow("draw", flow);
  wholeNumber("draw", "n", n, 0);
  wholeNumber("draw", "first", first, 0, Number.MAX_SAFE_INTEGER - n);
  finiteNumber("draw", "temperature", temperature, { least: 0 });
  checkSeed(seed, "draw");
  const context = checkContext("draw", flow, options.context, n);
  const sampled = (from: number, to: number, source = flow) =>
    tidy(() => {
      const options = { seed, temperature, first: first + from, context: contextTensor(context, from, to) };
      return source.sample(to - from, callFor(source, options));
    });
  const width = sizeOf(flow.eventShape);
  const data = await inChunks("draw", n, width, options, sampled);
  const bad = Math.floor(firstWhere(data, (value) => !Number.isFinite(value)) / width);
  if (bad >= 0)
    failOn(
      await withContext(contextTensor(context, bad, bad + 1), (call) => faultOfSample(flow, sampled(bad, bad + 1, baseOf(flow)), call)),
      first + bad,
    );
  return { data, shape: [n, ...flow.eventShape], seed };
}
