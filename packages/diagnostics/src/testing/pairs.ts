import type { Rows } from "@flows/core";
import { normalRows } from "./rejections.js";

/** Two samples of so many rows: the first is standard normal, the second a function of such rows. */
export interface Pair {
  readonly name: string;
  readonly width: number;
  readonly change: (row: readonly number[]) => readonly number[];
}

const each =
  (change: (value: number, column: number) => number): Pair["change"] =>
  (row) =>
    row.map(change);

/** Ways in which samples differ: moved, scaled, tied, folded, with skew or heavy tails; and one in which they do not. */
export const pairs: readonly Pair[] = [
  { name: "equal", width: 3, change: each((v) => v) },
  { name: "moved a little", width: 2, change: each((v) => v + 0.3) },
  { name: "moved", width: 2, change: each((v) => v + 0.8) },
  { name: "wider", width: 2, change: each((v) => 1.5 * v) },
  { name: "narrower", width: 3, change: each((v) => 0.6 * v) },
  { name: "tied", width: 2, change: ([a, b]) => [a!, 0.6 * a! + 0.8 * b!] },
  { name: "folded", width: 1, change: each(Math.abs) },
  { name: "heavy tails", width: 2, change: each((v) => Math.sinh(v)) },
  { name: "two modes", width: 2, change: ([a, b]) => [0.6 * a! + (b! > 0 ? 0.8 : -0.8), b!] },
  { name: "skewed", width: 2, change: each((v) => Math.exp(0.6 * v) - 1) },
  { name: "one wide column of four", width: 4, change: each((v, column) => (column === 1 ? 2 * v : v)) },
  { name: "one column of five", width: 5, change: each((v, column) => (column === 2 ? v + 0.7 : v)) },
];

/** The two samples of a pair, of n rows each. */
export function samplesOf({ width, change }: Pair, n: number, seed: number): readonly [Rows, Rows] {
  const { data, shape } = normalRows(n, width, seed, n);
  const rows = Array.from({ length: n }, (_, i) => change([...data.slice(i * width, (i + 1) * width)]));
  return [normalRows(n, width, seed), { data: Float64Array.from(rows.flat()), shape }];
}
