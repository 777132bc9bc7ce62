import {
  adam,
  breathe,
  type ChunkOptions,
  type Conditioner,
  checkSeed,
  checkSignal,
  finiteNumber,
  integers,
  oneOf,
  type RowsLike,
  rowsTensor,
  select,
  step,
  type Tensor,
  wholeNumber,
} from "@flows/core";
import type { Matrix } from "../matrix.js";
import { type RatioLoss, ratioLosses } from "./bregman.js";
import { type HeldOut, heldOut, ratioWarnings } from "./held-out.js";
import { keeper } from "./keeper.js";
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
  /** Deals rows to the batches and to the fifth that is held out; a whole number from 0. Default 0. */
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
 * Source: document 004, section 10.4; Sugiyama, Suzuki and Kanamori (2012), Density Ratio Estimation in Machine Learning, chapters 4 to 7.
 *
 * @example
 * const network = mlp({ features: 2, hidden: [32, 32], outputs: 1 });
 * const { accuracy } = await fitRatio(network, { p: rows, q: others });
 */
export async function fitRatio(network: Conditioner, samples: TwoSamples, options: RatioOptions = {}): Promise<RatioFit> {
  const { loss, steps, batch, learningRate, weightDecay, seed, signal } = settingsOf(options);
  const [p, q] = [sampleOf(where, "p", samples.p, seed), sampleOf(where, "q", samples.q, seed)];
  for (const { train } of [p, q]) checkNetwork(where, network, train.features);
  const optimizer = adam(network, { learningRate, clip: 5, weightDecay });
  const best = keeper(network, () => heldOut(where, network, loss, p.test, q.test));
  try {
    for (let i = 0; i < steps; i++) {
      checkSignal(where, signal);
      optimizer.learningRate = (learningRate * (1 + Math.cos((Math.PI * i) / steps))) / 2;
      const rows = [p, q].map(({ train }, side) => draw(train, integers(seed, (2 * i + side) * batch, batch, train.n, "shuffle")));
      step(optimizer, (call) => ratioLosses[loss](network.apply(rows[0]!, call), network.apply(rows[1]!, call))).dispose();
      for (const tensor of rows) tensor.dispose();
      if ((i + 1) % Math.ceil(steps / looks) === 0 || i + 1 === steps) await best.look(i + 1);
      await breathe();
    }
  } finally {
    optimizer.dispose();
  }
  const found = best.restore();
  return { ...found, warnings: ratioWarnings(found) };
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
