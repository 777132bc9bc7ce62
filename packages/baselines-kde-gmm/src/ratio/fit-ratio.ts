import { type Conditioner, lossGradient, type Pull, type RowsLike, type Tensor, train } from "@flows/core";
import {
  type ChunkOptions,
  checkSeed,
  checkSignal,
  finiteNumber,
  integers,
  oneOf,
  rowsTensor,
  select,
  wholeNumber,
} from "@flows/core/author";
import type { Matrix } from "../matrix.js";
import { type RatioLoss, ratioLosses } from "./bregman.js";
import { type HeldOut, heldOut, ratioWarnings } from "./held-out.js";
import { checkNetwork } from "./log-ratio.js";
import { sampleOf } from "./samples.js";

export interface RatioOptions extends Pick<ChunkOptions, "signal"> {
  /** What is made small. Default "logistic", the classifier. */
  readonly loss?: RatioLoss;
  /** Steps of Adam. Default 1,000. */
  readonly steps?: number;
  /** Rows of each sample a step. Default 256. */
  readonly batch?: number;
  /** At the start; it falls to 0 along half a cosine. Default 3e-3. */
  readonly learningRate?: number;
  /** Of the network's weights. Default 0. */
  readonly weightDecay?: number;
  /** Draws a new network's weights, deals rows to the batches and to the fifth that is held out; a whole number from 0. Default 0. */
  readonly seed?: number;
}

/** Two samples. */
export interface TwoSamples {
  /** Rows of the numerator. */
  readonly p: RowsLike;
  /** Rows of the denominator. */
  readonly q: RowsLike;
}

/** How well the ratio does on the fifth of each sample that no step has seen. */
export interface RatioFit extends HeldOut {
  /** The step whose network was kept: the best on the rows held out, of twenty looks. */
  readonly bestStep: number;
  /** What a user should know of this fit, in words. */
  readonly warnings: readonly string[];
}

const where = "fitRatio";
/** How often the rows held out are looked at. */
const looks = 20;

/**
 * Fits a network g to log p / q from samples of p and of q alone, without a density of either: by telling the samples apart
 * ("logistic") or by matching the ratio ("least-squares", "kullback-leibler"). `logRatio` reads it; the network stays the caller's.
 *
 * Throws FlowsError: "data" (fewer than 10 rows, a cell that is not finite), "shape", "config" (a network of other columns or several
 * outputs), "backend", "disposed", "aborted".
 * Source: Sugiyama, Suzuki and Kanamori (2012), Density Ratio Estimation in Machine Learning, chapters 4 to 7.
 *
 * @example
 * const network = mlp({ features: 2, hidden: [32, 32], outputs: 1 });
 * const { accuracy } = await fitRatio(network, { p: rows, q: others });
 */
export async function fitRatio(network: Conditioner, samples: TwoSamples, options: RatioOptions = {}): Promise<RatioFit> {
  const { loss, steps, batch, seed, signal, ...rates } = settingsOf(options);
  const [p, q] = [sampleOf(where, "p", samples.p, seed), sampleOf(where, "q", samples.q, seed)];
  for (const part of [p, q]) checkNetwork(where, network, part.train.features);
  const judged = (): Promise<HeldOut> => heldOut(where, network, loss, p.test, q.test);
  const pull: Pull<undefined> = (_batch, call, { step, buffers }) => {
    const [onP, onQ] = [p, q].map(({ train: rows }, side) =>
      draw(rows, integers(seed, (2 * step + side) * batch, batch, rows.n, "shuffle")),
    );
    return lossGradient(() => ratioLosses[loss](network.apply(onP!, call), network.apply(onQ!, call)), buffers);
  };
  const history = await train(network, undefined, pull, {
    ...rates,
    steps,
    seed,
    signal,
    clip: 5,
    schedule: { kind: "cosine" },
    evaluateEvery: Math.ceil(steps / looks),
    validate: async () => (await judged()).loss,
  });
  checkSignal(where, signal);
  const found = await judged();
  return { ...found, bestStep: history.bestStep ?? history.steps, warnings: ratioWarnings(found, history) };
}

function settingsOf(options: RatioOptions): Required<Omit<RatioOptions, "signal">> & Pick<RatioOptions, "signal"> {
  const { loss = "logistic", steps = 1000, batch = 256, learningRate = 3e-3, weightDecay = 0, seed = 0, signal } = options;
  oneOf(where, "loss", loss, Object.keys(ratioLosses) as RatioLoss[]);
  wholeNumber(where, "steps", steps);
  wholeNumber(where, "batch", batch);
  finiteNumber(where, "learningRate", learningRate, { above: 0 });
  checkSeed(seed, where);
  return { loss, steps, batch, learningRate, weightDecay, seed, signal };
}

/** Rows by number as a tensor. */
function draw({ data, n, features }: Matrix, numbers: Int32Array): Tensor {
  return rowsTensor(select({ data, shape: [n, features] }, numbers));
}
