import type { RowsLike } from "@flows/core";
import { type ChunkOptions, checkSeed, fail, finiteNumber, oneOf, wholeNumber } from "@flows/core/author";
import { type Matrix, matrixOf } from "../matrix.js";
import { type Covariance, correlated, covarianceKinds } from "./covariance.js";
import type { Stopping } from "./em.js";
import type { Kind } from "./maximisation.js";
import type { GmmStart } from "./start.js";

/** By what the number of components is chosen: the least of it wins. */
export type Criterion = "bic" | "aic";

/** Where a search for the number of components stands. */
export interface GmmProgress {
  /** The number that is tried next. */
  readonly components: number;
  /** How many were tried before, of at most so many. */
  readonly tried: number;
  readonly of: number;
}

export interface GmmOptions extends Pick<ChunkOptions, "signal"> {
  /**
   * How many, or the numbers to choose from. Default 1 to 20, as far as each can have as many rows as it has features, and one more, and
   * as there are different rows; no more are tried once four in a row are worse than the best. One that fails is named in `failed`.
   */
  readonly components?: number | readonly number[];
  /** Default "full". */
  readonly covariance?: Covariance;
  /** Default "bic". */
  readonly criterion?: Criterion;
  /** Rows that were held back: another number of components than the criterion's is taken where it gives them clearly more density. */
  readonly validation?: RowsLike;
  /** Is told of every number of components before it is tried. */
  readonly onCandidate?: (progress: GmmProgress) => void;
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
  /** Whether the counts are the default ones. */
  readonly usual: boolean;
  readonly validation: Matrix | undefined;
  readonly onCandidate: GmmOptions["onCandidate"];
  readonly kind: Kind;
  readonly criterion: Criterion;
  readonly restarts: number;
  readonly seed: number;
  readonly start: GmmStart | undefined;
}

/** Checks the options against the rows and the variances of their columns. */
export function settingsOf(where: string, data: Matrix, variances: Float64Array, options: GmmOptions): Settings {
  const { n, features: d } = data;
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
  const { components, start, onCandidate } = options;
  const counts = countsOf(where, data, options);
  const usual = components === undefined && start === undefined;
  const validation = validationOf(options.validation, d);
  return { counts, usual, validation, onCandidate, kind, criterion, restarts, seed, tolerance, iterations, signal, start };
}

function validationOf(rows: RowsLike | undefined, d: number): Matrix | undefined {
  const validation = rows && matrixOf("fitGmm: validation", rows, 1);
  if (validation && validation.features !== d)
    fail("shape", "fitGmm", `validation must have rows of ${d} features as the rows have, got ${validation.features}.`);
  return validation;
}

/** Most components that are tried without being asked for. */
const most = 20;

function usualCounts(data: Matrix): readonly number[] {
  const fitting = Math.min(most, Math.floor(data.n / (data.features + 1)), differentRows(data));
  return Array.from({ length: Math.max(1, fitting) }, (_, i) => i + 1);
}

/** How many different rows there are, counted as far as it matters. */
function differentRows({ data, n, features: d }: Matrix): number {
  const seen = new Set<string>();
  for (let i = 0; i < n && seen.size < most; i++) seen.add(data.subarray(i * d, (i + 1) * d).join());
  return seen.size;
}

/** The numbers of components to try. */
function countsOf(where: string, data: Matrix, { components, start }: GmmOptions): readonly number[] {
  if (start) return [start.weights.length];
  const { n } = data;
  const counts = typeof components === "number" ? [components] : (components ?? usualCounts(data));
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
