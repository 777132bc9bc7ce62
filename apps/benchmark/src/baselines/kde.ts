import { fitKde } from "@flows/baselines-kde-gmm";
import { score } from "@flows/core";
import { blockOf, repeated } from "../block-of.js";
import { moons } from "../moons.js";
import { floatsOf } from "../real-nvp/read.js";
import { pairs } from "../real-nvp/training.js";
import type { Open } from "../workload.js";

/** Kernels on so many rows of two moons, and as many fresh points to score. */
export interface KdeSpec {
  readonly count: number;
  /** In the rows' units, the same for both features. */
  readonly bandwidth: number;
}

/** A pair of a row and a point: two differences, their squares, the sum, an exponential and its addition. */
export const kdeFlops = ({ count }: KdeSpec): number => 7 * count ** 2;

const rowsOf = ({ count }: KdeSpec): Float32Array => moons(count, 0);
const pointsOf = ({ count }: KdeSpec): Float32Array => moons(count, 1);

/** log mean of the kernels at each point, in float64 and loops: no product of matrices, nothing left out. */
export function exact(spec: KdeSpec): Float32Array {
  const { count, bandwidth } = spec;
  const [rows, points] = [rowsOf(spec), pointsOf(spec)];
  const peak = -Math.log(2 * Math.PI * bandwidth ** 2 * count);
  const exponents = new Float64Array(count);
  return Float32Array.from({ length: count }, (_, i) => {
    for (let j = 0; j < count; j++)
      exponents[j] = -((points[2 * i]! - rows[2 * j]!) ** 2 + (points[2 * i + 1]! - rows[2 * j + 1]!) ** 2) / (2 * bandwidth ** 2);
    const largest = exponents.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
    return peak + largest + Math.log(exponents.reduce((sum, value) => sum + Math.exp(value - largest), 0));
  });
}

export const kdeInputs = (spec: KdeSpec) => ({
  rows: () => rowsOf(spec),
  points: () => pointsOf(spec),
  exact: () => exact(spec),
});

/** `score` of the points; its value is the largest difference from the exact log-density. */
export const openKde: Open<KdeSpec> = async (told) => {
  const { distribution } = await fitKde(pairs(floatsOf(told, "rows")), { bandwidth: told.spec.bandwidth });
  const points = pairs(floatsOf(told, "points"));
  const truth = floatsOf(told, "exact");
  const found = await score(distribution, points);
  const value = truth.reduce((most, logDensity, i) => Math.max(most, Math.abs(found[i]! - logDensity)), 0);
  return { value, block: blockOf(repeated(() => score(distribution, points))) };
};
