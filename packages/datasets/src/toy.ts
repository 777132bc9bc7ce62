import type { Rows } from "@flows/core";

/** What is exactly known of a toy density. Means and standard deviations are the density's own, not a sample's. */
export interface Population {
  /** The integral of the density as the quadrature found it; 1 up to about 1e-9. */
  readonly mass: number;
  /** Differential entropy in nats: the floor that no model's expected NLL goes below. */
  readonly entropy: number;
  /** Entropy where the label is known. */
  readonly entropyGivenLabel: number;
  readonly mean: readonly number[];
  readonly sd: readonly number[];
}

/** A box that holds all but exp(-40) of a density, and the step that resolves it. */
export interface Domain {
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly step: number;
}

/**
 * A toy density: rows are independent draws, row i of a seed is always the same row.
 *
 * The random numbers are bit-identical on every engine. Where a toy bends them by sin, cos or exp, engines may differ
 * in the last place of a float64, which rounding to float32 nearly always removes.
 */
export interface Toy {
  /** "two-moons" */
  readonly name: string;
  readonly config: Readonly<Record<string, number>>;
  readonly features: number;
  /** How many labels there are, all equally likely. */
  readonly classes: number;
  /** Rows first .. first+n-1, [n, features]. */
  sample(n: number, seed: number, first?: number): Rows;
  /** The labels of the same rows, 0 .. classes - 1. */
  labels(n: number, seed: number, first?: number): Int32Array;
  /** Exact log-density of rows in nats, where it is known. -Infinity outside the support. */
  logDensity?(rows: Rows): Float64Array;
  /** Exact log-density given the labels. */
  logDensityGivenLabel?(rows: Rows, labels: ArrayLike<number>): Float64Array;
  /** Where the density is, if it is smooth enough for quadrature. */
  readonly domain?: Domain;
  /** Mass, entropy and moments, computed when first asked for. Undefined where the density is not known. */
  readonly population: Population | undefined;
  /** population.entropy */
  readonly entropy: number | undefined;
}
