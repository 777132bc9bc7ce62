import type { Distribution, RowsLike } from "@flows/core";
import { type ChunkOptions, floats, select } from "@flows/core/author";
import { blockRows } from "../gaussian/tied-density.js";
import { whitened } from "../gaussian/whitened.js";
import { matrixOf, roundingIn } from "../matrix.js";
import { write } from "../write.js";
import { type Bandwidth, type Kernel, kernelOf } from "./bandwidth.js";
import { bestFactor, type CrossValidation, crossValidated, edgeWarnings } from "./cross-validation.js";
import { type KdeConfig, kde } from "./kde.js";
import { nearbyOrder } from "./order.js";
import type { KernelShape } from "./reference.js";
import { type Weighted, weighted } from "./weights.js";

export interface KdeOptions extends Pick<ChunkOptions, "signal"> {
  /** Default "cross-validated". */
  readonly bandwidth?: Bandwidth;
  /** Of a kernel whose width is a factor. Default "per-axis". */
  readonly shape?: KernelShape;
  /** One for each row, not negative. Default all equal. */
  readonly weights?: ArrayLike<number>;
}

export interface KdeFit {
  /** Yours to dispose. */
  readonly distribution: Distribution<KdeConfig>;
  /** Standard deviations of the kernel along the features, in the data's units. */
  readonly bandwidth: readonly number[];
  /** Of the reference kernel; 1 where the bandwidth was given in the data's units. */
  readonly factor: number;
  readonly crossValidation: CrossValidation | undefined;
  /** 1 / sum w^2. */
  readonly effectiveRows: number;
  /** What a user should know of this fit, in words. */
  readonly warnings: readonly string[];
}

const where = "fitKde";

/**
 * A kernel density estimate of rows. The same rows and options give the same numbers on every backend: bandwidths are chosen in float64
 * on the host. Cross-validation leaves out each row, or 4,000 of them, over 25 factors from Scott's / 32 to Scott's x 2.
 *
 * Throws FlowsError: "data" (too few rows, a cell that is not finite, a constant column, collinear columns for shape "full"), "config",
 * "shape", "backend", "aborted".
 *
 * @example
 * const { distribution, bandwidth } = await fitKde(rows, { bandwidth: "silverman" });
 */
export async function fitKde(rows: RowsLike, options: KdeOptions = {}): Promise<KdeFit> {
  const { bandwidth = "cross-validated", shape = "per-axis", signal } = options;
  const given = weighted(where, matrixOf(where, rows), options.weights);
  const kernel = kernelOf(where, given, bandwidth, shape);
  const data = sorted(given, kernel);
  const crossValidation = kernel.factor === "cross-validated" ? await crossValidated(where, data, kernel, signal) : undefined;
  const factor = crossValidation ? bestFactor(crossValidation) : (kernel.factor as number);
  const deviations = kernel.reference.deviations.map((s) => s * factor);
  const { n, features } = data.rows;
  const distribution = kde({ features, rows: n, weighted: options.weights !== undefined });
  const heaviest = data.weights.reduce((most, w) => Math.max(most, w), 0);
  write(distribution, {
    rows: data.rows.data,
    weights: data.weights.map((w) => w / heaviest),
    deviations,
    slopes: kernel.reference.slopes,
  });
  return {
    distribution,
    bandwidth: Array.from(kernel.reference.spreads, (s) => s * factor),
    factor,
    crossValidation,
    effectiveRows: data.effective,
    warnings: [
      ...fewRows(data),
      ...roundingIn(data.rows),
      ...cancelling(data, kernel, factor),
      ...(crossValidation ? edgeWarnings(crossValidation, data) : []),
    ],
  };
}

/** The same rows with neighbours side by side, as the density wants them. */
function sorted({ rows, weights, effective }: Weighted, { mean, reference }: Kernel): Weighted {
  const order = nearbyOrder(whitened(rows, mean, reference), blockRows);
  const { data, n, features } = rows;
  const moved = select({ data, shape: [n, features] }, order).data as Float64Array;
  return { rows: { data: moved, n, features }, weights: Float64Array.from(order, (i) => weights[i]!), effective };
}

/** Nats that rounding may cost before it is said. */
const audible = 0.01;

/** What float32 costs where a block of rows is wide in units of the bandwidth: see `tiedDensity`. */
function cancelling({ rows }: Weighted, { mean, reference }: Kernel, factor: number): string[] {
  const { data, n, features } = whitened(rows, mean, reference);
  let widest = 0;
  for (let from = 0; from < n; from += blockRows) {
    const block = data.subarray(from * features, Math.min(n, from + blockRows) * features);
    widest = Math.max(widest, squaredRadius(block, features) / factor ** 2);
  }
  const cost = widest * 2 ** -24;
  if (floats(0) instanceof Float64Array || cost < audible) return [];
  return [
    `the bandwidth is so narrow beside the rows that float32 may be wrong by ${cost.toPrecision(1)} nats. Widen it, or use the float64 backend.`,
  ];
}

/** The largest squared distance from the middle of a block. */
function squaredRadius(block: Float64Array, features: number): number {
  let total = 0;
  for (let k = 0; k < features; k++) {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = k; i < block.length; i += features) [low, high] = [Math.min(low, block[i]!), Math.max(high, block[i]!)];
    total += ((high - low) / 2) ** 2;
  }
  return total;
}

const fewRows = ({ rows: { n, features } }: Weighted): string[] =>
  n > features ? [] : [`${n} rows of ${features} features say little about a density. Use fewer columns or more rows.`];
