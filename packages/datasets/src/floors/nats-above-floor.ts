import type { Rows } from "@flows/core";
import { fail } from "@flows/core/author";
import type { Standardisation } from "../standardise.js";
import type { Toy } from "../toy.js";
import { type MeanWithError, meanWithError } from "./heavy-error.js";

/** Far beyond the rows of any training set, so fresh points never repeat its rows, whatever the seed. */
const firstFresh = 2 ** 40;

export interface FreshPoints {
  readonly rows: Rows;
  readonly labels: Int32Array;
}

/** Points that no training set of the same seed holds; 20,000 of them by default. */
export function freshPoints(toy: Toy, seed: number, n = 20_000): FreshPoints {
  return { rows: toy.sample(n, seed, firstFresh), labels: toy.labels(n, seed, firstFresh) };
}

/** A point that a model misses. */
export interface Miss {
  readonly row: number;
  /** log p_true - log q there, in nats. */
  readonly gap: number;
}

export interface NatsAboveFloor extends MeanWithError {
  /** The five points that are missed most, the worst first: a few may make the mean. */
  readonly worst: readonly Miss[];
}

export interface NatsAboveFloorInput {
  readonly toy: Toy;
  /** Fresh points in the toy's own units. */
  readonly rows: Rows;
  /** The model's log-density of the same points, in the standardised units where a standardisation is given. */
  readonly logProb: Float32Array | Float64Array;
  readonly standardisation?: Standardisation | undefined;
  /** The points' labels, for a model that was told them. */
  readonly labels?: ArrayLike<number> | undefined;
}

/**
 * How far a model is above the floor: the paired mean of log p_true(x) - log q(x), in nats, with a standard error that holds
 * for heavy tails too, and the points that are missed most.
 * Null where the true density is not known; +Infinity where the model gives a point no density at all.
 */
export function natsAboveFloor({ toy, rows, logProb, standardisation, labels }: NatsAboveFloorInput): NatsAboveFloor | null {
  const n = rows.shape[0];
  if (logProb.length !== n || n < 2)
    fail("shape", "natsAboveFloor", `expected a logProb for each of at least 2 rows, got ${logProb.length} for ${n}.`);
  const truth = labels ? toy.logDensityGivenLabel?.(rows, labels) : toy.logDensity?.(rows);
  if (!truth) return null;
  const gaps = truth.map((value, i) => value + (standardisation?.logScale ?? 0) - logProb[i]!);
  const bad = gaps.findIndex(Number.isNaN);
  if (bad >= 0) fail("nonfinite", "natsAboveFloor", `log p - log q is NaN in row ${bad}: the model gave ${logProb[bad]}.`);
  return { ...meanWithError(gaps), worst: worstOf(gaps) };
}

function worstOf(gaps: ArrayLike<number>): Miss[] {
  const rows = Array.from({ length: gaps.length }, (_, row) => row).sort(
    (a, b) => Number(gaps[b]! > gaps[a]!) - Number(gaps[b]! < gaps[a]!),
  );
  return rows.slice(0, 5).map((row) => ({ row, gap: gaps[row]! }));
}
