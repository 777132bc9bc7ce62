import type { Rows } from "@flows/core";

/** Rows of one column. */
export const column = (values: ArrayLike<number>): Rows => ({ data: Float64Array.from(values), shape: [values.length, 1] });

/** Rows of two columns from a function of the row's number. */
export function plane(n: number, at: (row: number) => readonly [number, number]): Rows {
  const data = new Float64Array(2 * n);
  for (let i = 0; i < n; i++) data.set(at(i), 2 * i);
  return { data, shape: [n, 2] };
}

/** The greatest |a - b|; NaN where any is. */
export function farthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let most = a.length === b.length ? 0 : Number.NaN;
  for (let i = 0; i < a.length; i++) {
    const gap = Math.abs(a[i]! - b[i]!);
    most = gap <= most ? most : Math.max(most, gap);
  }
  return most;
}

/** Log-density of the standard normal in the plane, in nats. */
export const logStandardNormal = ({ data, shape: [n] }: Rows): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => -0.5 * (data[2 * i]! ** 2 + data[2 * i + 1]! ** 2) - Math.log(2 * Math.PI));

export const negated = (values: Float32Array | Float64Array): Float64Array => Float64Array.from(values, (value) => -value);
