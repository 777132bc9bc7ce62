import type { Rows } from "@flows/core";

/** The mean of some numbers. */
export const meanOf = (values: ArrayLike<number>): number => {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total / values.length;
};

/** The mean square distance from the mean, divisor n. */
export function varianceOf(values: ArrayLike<number>): number {
  const mean = meanOf(values);
  let total = 0;
  for (let i = 0; i < values.length; i++) total += (values[i]! - mean) ** 2;
  return total / values.length;
}

/** The value in the middle. */
export function medianOf(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}

/** The sum of squares of every row. */
export function squaredNorms({ data, shape: [n, width = 1] }: Rows): Float64Array {
  const norms = new Float64Array(n);
  for (let i = 0; i < data.length; i++) norms[Math.floor(i / width)]! += data[i]! ** 2;
  return norms;
}
