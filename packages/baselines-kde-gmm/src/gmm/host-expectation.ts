import { breathe } from "@flows/core/author";
import type { Matrix } from "../matrix.js";
import type { Mixture } from "./mixture.js";
import { addTo, emptySums, type Sums } from "./sums.js";

/** A smaller share of a row is less than rounding in the sums. */
const least = 1e-13;
/** Rows between two breaths. */
const portion = 2048;

/** The E-step of a mixture, row by row in float64. */
class Row {
  readonly peaks: Float64Array;
  /** After `look`: each component's share of the row, [k]. */
  readonly shares: Float64Array;
  /** After `look`: the row less each mean, [k, d]. */
  readonly deviations: Float64Array;

  constructor(readonly mixture: Mixture) {
    const { k, d, weights, deviations } = mixture;
    const peak = (c: number): number =>
      deviations.subarray(c * d, (c + 1) * d).reduce((sum, s) => sum - Math.log(s), Math.log(weights[c]!));
    this.peaks = Float64Array.from({ length: k }, (_, c) => peak(c) - (d / 2) * Math.log(2 * Math.PI));
    this.shares = new Float64Array(k);
    this.deviations = new Float64Array(k * d);
  }

  /** The log-density of row i. */
  look(data: Float64Array, i: number): number {
    const { shares } = this;
    let most = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < shares.length; c++) {
      shares[c] = this.peaks[c]! - this.square(data, i, c) / 2;
      most = Math.max(most, shares[c]!);
    }
    let total = 0;
    for (const joint of shares) total += Math.exp(joint - most);
    const log = most + Math.log(total);
    for (let c = 0; c < shares.length; c++) shares[c] = Math.exp(shares[c]! - log);
    return log;
  }

  /** The squared distance of row i from component c, in its own units. */
  private square(data: Float64Array, i: number, c: number): number {
    const { d, means, deviations, slopes } = this.mixture;
    const e = this.deviations;
    const at = c * d;
    let total = 0;
    for (let a = 0; a < d; a++) {
      let rest = data[i * d + a]! - means[at + a]!;
      e[at + a] = rest;
      for (let b = 0; b < a; b++) rest -= slopes[(at + a) * d + b]! * e[at + b]!;
      const z = rest / deviations[at + a]!;
      total += z * z;
    }
    return total;
  }
}

/** `expectation` on the host: for few rows the backend's calls cost more than their numbers. */
export async function hostExpectation({ data, n, features: d }: Matrix, mixture: Mixture, cross: boolean): Promise<Sums> {
  const sums = emptySums(mixture.k, d);
  const row = new Row(mixture);
  for (let i = 0; i < n; i++) {
    sums.logLikelihood += row.look(data, i) / n;
    for (let c = 0; c < mixture.k; c++) if (row.shares[c]! > least) addTo(sums, c, row.shares[c]!, row.deviations, c * d, d, cross);
    if (i % portion === 0) await breathe();
  }
  return sums;
}

/** The log-density of every row, in float64. */
export function logDensities({ data, n }: Matrix, mixture: Mixture): Float64Array {
  const row = new Row(mixture);
  return Float64Array.from({ length: n }, (_, i) => row.look(data, i));
}
