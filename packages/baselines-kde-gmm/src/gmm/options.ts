import { type ChunkOptions, checkSeed, fail, finiteNumber, oneOf, wholeNumber } from "@flows/core/author";
import type { Matrix } from "../matrix.js";
import { type Covariance, correlated, covarianceKinds } from "./covariance.js";
import type { Stopping } from "./em.js";
import type { Kind } from "./maximisation.js";
import type { GmmStart } from "./start.js";

/** By what the number of components is chosen: the least of it wins. */
export type Criterion = "bic" | "aic";

export interface GmmOptions extends Pick<ChunkOptions, "signal"> {
  /** How many, or the numbers to choose from. Default 1 to 20, as far as each can have as many rows as it has features, and one more. */
  readonly components?: number | readonly number[];
  /** Default "full". */
  readonly covariance?: Covariance;
  /** Default "bic". */
  readonly criterion?: Criterion;
  /** Added to every variance, in the data's units squared, so that no component collapses. Default 1e-6 of each column's variance. */
  readonly floor?: number;
  /** How many clusterings to start from; the best is kept. Default 4. */
  readonly restarts?: number;
  /** Of the clusterings, a whole number from 0. Default 0. */
  readonly seed?: number;
  /** EM stops when the mean log-density of the rows rises by less, in nats. Default 1e-4. */
  readonly tolerance?: number;
  /** Most iterations of EM from a start. Default 500. */
  readonly iterations?: number;
  /** Begins at this mixture instead of clusterings. */
  readonly start?: GmmStart;
}

/** Options that were checked. */
export interface Settings extends Stopping {
  readonly counts: readonly number[];
  readonly kind: Kind;
  readonly criterion: Criterion;
  readonly restarts: number;
  readonly seed: number;
  readonly start: GmmStart | undefined;
}

/** Checks the options against the rows and the variances of their columns. */
export function settingsOf(where: string, { n, features: d }: Matrix, variances: Float64Array, options: GmmOptions): Settings {
  const { covariance = "full", criterion = "bic", restarts = 4, seed = 0, tolerance = 1e-4, iterations = 500, signal } = options;
  oneOf(where, "covariance", covariance, covarianceKinds);
  oneOf(where, "criterion", criterion, ["bic", "aic"]);
  wholeNumber(where, "restarts", restarts);
  wholeNumber(where, "iterations", iterations);
  finiteNumber(where, "tolerance", tolerance, { least: 0 });
  checkSeed(seed, where);
  if (correlated(covariance) && n <= d)
    fail(
      "data",
      where,
      `${n} rows of ${d} features have no covariance of full rank. Use covariance "diagonal", fewer columns or more rows.`,
    );
  const kind = { covariance, floor: floorOf(where, variances, options) };
  const counts = countsOf(where, n, d, options);
  return { counts, kind, criterion, restarts, seed, tolerance, iterations, signal, start: options.start };
}

/** The numbers of components to try. */
function countsOf(where: string, n: number, d: number, { components, start }: GmmOptions): readonly number[] {
  if (start) return [start.weights.length];
  const usual = Array.from({ length: Math.max(1, Math.min(20, Math.floor(n / (d + 1)))) }, (_, i) => i + 1);
  const counts = typeof components === "number" ? [components] : (components ?? usual);
  if (counts.length === 0) fail("config", where, "components must name at least one number, got none.");
  for (const count of counts) {
    wholeNumber(where, "components", count);
    if (count > n) fail("config", where, `components must be at most the number of rows, ${n}, got ${count}. Use fewer components.`);
  }
  return counts;
}

function floorOf(where: string, variances: Float64Array, { floor, covariance }: GmmOptions): Float64Array {
  if (floor !== undefined) return variances.map(() => finiteNumber(where, "floor", floor, { least: 0 }));
  const own = variances.map((variance) => 1e-6 * variance);
  const even = own.reduce((sum, value) => sum + value, 0) / own.length;
  return covariance === "spherical" ? own.fill(even) : own;
}
