import type { Tensor } from "@flows/core";
import { type Floats, tensorOf } from "@flows/core/author";
import { add, concat, constant, exp, matMul, mul, sub, sum } from "@flows/core/ops";
import { tidy } from "@tensorflow/tfjs-core";
import { halfSquare } from "../gaussian/whiten.js";
import { whitened } from "../gaussian/whitened.js";
import { logSumExp } from "../mixture/log-sum-exp.js";
import type { Mixture } from "./mixture.js";
import { emptySums, type Sums } from "./sums.js";
import type { Tiles } from "./tiles.js";

/** One component on the backend: its mean [d, 1] and the map to whitened points [d, d] (or its diagonal [d, 1]), in the tiles' units. */
interface Component {
  readonly mean: Tensor;
  readonly whitener: Tensor;
}

/**
 * The E-step and what the M-step needs of it, tile by tile: no matrix of all responsibilities is kept. Computed on the backend in its
 * precision, summed over the tiles in float64. `cross` says whether products of different features are wanted; without them the
 * covariances must be diagonal.
 *
 * Source: Dempster, Laird and Rubin (1977), Maximum Likelihood from Incomplete Data via the EM Algorithm; Bishop (2006), eq. 9.13.
 */
export async function expectation(tiles: Tiles, mixture: Mixture, cross: boolean): Promise<Sums> {
  const sums = emptySums(mixture.k, mixture.d);
  for (const tile of tiles.tensors) {
    const parts = tidy(() => sumsOf(tile, componentsOf(tiles, mixture, cross), peaksOf(mixture), cross));
    const [logs, counts, shifts, squares] = await Promise.all(parts.map((part) => part.data() as Promise<Floats>));
    for (const part of parts) part.dispose();
    addInUnits(sums, tiles, { logs: logs!, counts: counts!, shifts: shifts!, squares: squares! });
  }
  sums.logLikelihood /= tiles.n;
  return sums;
}

/** log of weight x density at the mean, of each component, in the data's units. */
function peaksOf({ k, d, weights, deviations }: Mixture): Tensor[] {
  const peak = (c: number): number => deviations.subarray(c * d, (c + 1) * d).reduce((sum, s) => sum - Math.log(s), Math.log(weights[c]!));
  return Array.from({ length: k }, (_, c) => constant(peak(c) - (d / 2) * Math.log(2 * Math.PI)));
}

function componentsOf({ centre, lower, units }: Tiles, { k, d, means, deviations, slopes }: Mixture, cross: boolean): Component[] {
  const { data: placed } = whitened({ data: means, n: k, features: d }, centre, units);
  const entry = (c: number, a: number, b: number): number => {
    let value = lower[a * d + b]!;
    for (let j = b; j < a; j++) value -= slopes[(c * d + a) * d + j]! * lower[j * d + b]!;
    return value / deviations[c * d + a]!;
  };
  return Array.from({ length: k }, (_, c) => ({
    mean: tensorOf(placed.subarray(c * d, (c + 1) * d), [d, 1]),
    whitener: cross
      ? tensorOf(
          Float64Array.from({ length: d * d }, (__, i) => entry(c, Math.floor(i / d), i % d)),
          [d, d],
        )
      : tensorOf(
          Float64Array.from({ length: d }, (__, a) => entry(c, a, a)),
          [d, 1],
        ),
  }));
}

/**
 * Of points x [d, n]: log-densities [1, n]; responsibilities summed [k]; and around the means, weighted by them: deviations [k d],
 * products [k d, d] or [k d, 1].
 */
function sumsOf(x: Tensor, components: readonly Component[], peaks: readonly Tensor[], cross: boolean): Tensor[] {
  const deviations = components.map(({ mean }) => sub(x, mean));
  const joint = deviations.map((e, c) => {
    const { whitener } = components[c]!;
    return add(halfSquare(cross ? matMul(whitener, e) : mul(e, whitener)), peaks[c]!);
  });
  const logs = logSumExp(joint);
  const responsibilities = joint.map((one) => exp(sub(one, logs)));
  const weighted = responsibilities.map((r, c) => mul(deviations[c]!, r));
  const squares = weighted.map((part, c) => (cross ? matMul(part, deviations[c]!, false, true) : sum(mul(part, deviations[c]!), 1, true)));
  return [
    logs,
    concat(
      responsibilities.map((r) => sum(r, 1)),
      0,
    ),
    concat(
      weighted.map((part) => sum(part, 1)),
      0,
    ),
    concat(squares, 0),
  ];
}

interface Parts {
  readonly logs: Floats;
  readonly counts: Floats;
  readonly shifts: Floats;
  readonly squares: Floats;
}

/** Adds a tile's part, carried from its units to the data's. */
function addInUnits(sums: Sums, { lower, centre }: Tiles, { logs, counts, shifts, squares }: Parts): void {
  const d = centre.length;
  const diagonal = squares.length === shifts.length;
  for (const value of logs) sums.logLikelihood += value;
  counts.forEach((value, c) => {
    sums.counts[c]! += value;
  });
  for (let c = 0; c < counts.length; c++) {
    const own = Float64Array.from({ length: d * d }, (_, i) =>
      diagonal ? (i % (d + 1) === 0 ? squares[c * d + i / (d + 1)]! : 0) : squares[c * d * d + i]!,
    );
    addCarried(sums, c, lower, shifts.subarray(c * d, (c + 1) * d), own);
  }
}

/** Adds lower s and lower S lower^T (its lower triangle) of one component. */
function addCarried(sums: Sums, c: number, lower: Float64Array, shift: Floats, square: Float64Array): void {
  const d = shift.length;
  const half = new Float64Array(d * d);
  for (let a = 0; a < d; a++)
    for (let j = 0; j <= a; j++) {
      sums.shifts[c * d + a]! += lower[a * d + j]! * shift[j]!;
      for (let b = 0; b < d; b++) half[a * d + b]! += lower[a * d + j]! * square[Math.max(j, b) * d + Math.min(j, b)]!;
    }
  for (let a = 0; a < d; a++)
    for (let b = 0; b <= a; b++) for (let j = 0; j <= b; j++) sums.squares[(c * d + a) * d + b]! += half[a * d + j]! * lower[b * d + j]!;
}
