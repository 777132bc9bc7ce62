import type { Rows } from "@flows/core";
import { column } from "./maps.js";

/** Points and weights that sum to 1, for expectations under a standard normal. */
export interface NormalRule {
  readonly rows: Rows;
  readonly weights: Float64Array;
}

const reach = 9;
const density = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);

/** The midpoint rule on [-9, 9]: exact to rounding for smooth integrands, and right at 0 for those with a jump there. */
export function normalRule(step = 0.01): NormalRule {
  const n = Math.round((2 * reach) / step);
  const places = Float64Array.from({ length: n }, (_, i) => -reach + (i + 0.5) * step);
  return { rows: column(places), weights: places.map((z) => step * density(z)) };
}

/** The same in the plane. */
export function planeRule(step = 0.05): NormalRule {
  const { rows, weights } = normalRule(step);
  const n = weights.length;
  const data = new Float64Array(2 * n * n);
  const products = new Float64Array(n * n);
  for (let i = 0; i < n * n; i++) {
    const [a, b] = [Math.floor(i / n), i % n];
    data.set([rows.data[a]!, rows.data[b]!], 2 * i);
    products[i] = weights[a]! * weights[b]!;
  }
  return { rows: { data, shape: [n * n, 2] }, weights: products };
}

/** The expectation of values at a rule's points. */
export const expectation = ({ weights }: NormalRule, values: ArrayLike<number>): number =>
  weights.reduce((total, weight, i) => total + weight * values[i]!, 0);
