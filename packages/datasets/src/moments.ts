import type { Rows } from "@flows/core";

/** Mean and variance of every column, divisor n, two passes in float64. Rows [n, features]. */
export function moments({ data, shape: [n, width = 1] }: Rows): { readonly mean: number[]; readonly variance: number[] } {
  const mean = Array.from({ length: width }, () => 0);
  for (let i = 0; i < data.length; i++) mean[i % width]! += data[i]! / n;
  const variance = mean.map(() => 0);
  for (let i = 0; i < data.length; i++) variance[i % width]! += (data[i]! - mean[i % width]!) ** 2 / n;
  return { mean, variance };
}

/** The variance of the columns averaged over them: how far samples spread. */
export function diversity(rows: Rows): number {
  const { variance } = moments(rows);
  return variance.reduce((total, value) => total + value, 0) / variance.length;
}
