import type { Rows } from "@flows/core";
import { columnOf } from "../rows.js";
import { meanOf } from "../statistics/moments.js";
import { chiSquareTail } from "../statistics/tails.js";
import type { TestResult } from "../statistics/test-result.js";

/** Whether coordinates of the latents vary together. */
export interface CorrelationCheck extends TestResult {
  /** The strongest pair of coordinates, counted from 0, and its correlation. */
  readonly strongest: { readonly pair: readonly [number, number]; readonly correlation: number };
}

/**
 * (n - 1) sum r² over the p pairs of coordinates, which is near chi-square with p degrees of freedom where all are independent.
 * Undefined for a single coordinate, which has no pair. A constant coordinate counts as uncorrelated.
 *
 * Source: Schott (2005), Testing for complete independence in high dimensions, Biometrika 92(4).
 */
export function correlationCheck(latents: Rows): CorrelationCheck | undefined {
  const [n, width = 1] = latents.shape;
  if (width === 1) return undefined;
  const columns = Array.from({ length: width }, (_, column) => unit(columnOf(latents, column)));
  let [squares, strongest] = [0, { pair: [0, 1] as readonly [number, number], correlation: 0 }];
  for (let i = 0; i < width; i++)
    for (let j = i + 1; j < width; j++) {
      const correlation = dot(columns[i]!, columns[j]!);
      squares += correlation ** 2;
      if (Math.abs(correlation) > Math.abs(strongest.correlation)) strongest = { pair: [i, j], correlation };
    }
  const statistic = (n - 1) * squares;
  return { statistic, pValue: chiSquareTail(statistic, (width * (width - 1)) / 2), strongest };
}

/** Shifted to mean 0 and scaled to length 1; zeros where only rounding is left of a constant. */
function unit(values: Float64Array): Float64Array {
  const mean = meanOf(values);
  const length = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0));
  const rounding = 1e-12 * Math.abs(mean) * Math.sqrt(values.length);
  return values.map((value) => (length > rounding ? (value - mean) / length : 0));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
