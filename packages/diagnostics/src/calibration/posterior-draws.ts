import { type Distribution, draw, type Rows, type RowsLike, score } from "@flows/core";
import { asRows, type Floats, select, wholeNumber } from "@flows/core/author";
import type { PosteriorScores } from "./expected-coverage.js";
import type { Posterior } from "./posterior.js";

export interface PosteriorDrawsOptions {
  /** [n, parameters]: what the contexts were simulated from. */
  readonly truths: RowsLike;
  /** [n, contextFeatures]; leave it away for a model without a context. */
  readonly contexts?: RowsLike | undefined;
  /** Draws for each truth. Default 99, which makes 100 ranks. */
  readonly draws?: number | undefined;
  /** Default 0. */
  readonly seed?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What `sbc`, `tarp` and `expectedCoverage` judge: draws of a model at every context, with the log-densities of draws and truths.
 *
 * Throws what `draw` and `score` throw.
 *
 * @example
 * const posterior = await posteriorDraws(model, { truths, contexts });
 * const pValues = [sbc(posterior).pValue, tarp(posterior).pValue, expectedCoverage(posterior).pValue];
 */
export async function posteriorDraws(model: Distribution, options: PosteriorDrawsOptions): Promise<Posterior & PosteriorScores> {
  const { contexts, draws = 99, seed = 0, signal } = options;
  wholeNumber("posteriorDraws", "draws", draws);
  const truths = asRows("posteriorDraws", options.truths);
  const n = truths.shape[0];
  const repeated =
    contexts &&
    select(
      asRows("posteriorDraws", contexts),
      Int32Array.from({ length: n * draws }, (_, i) => Math.floor(i / draws)),
    );
  const drawn = await draw(model, n * draws, { seed, signal, context: repeated });
  const drawLogProb = await score(model, drawn, { signal, context: repeated });
  return {
    truths,
    draws: shaped(drawn.data, [n, draws, drawn.data.length / Math.max(1, n * draws)]),
    truthLogProb: await score(model, truths, { signal, context: contexts }),
    drawLogProb: shaped(drawLogProb, [n, draws]),
  };
}

const shaped = (data: Floats, shape: Rows["shape"]): Rows => ({ data, shape });
