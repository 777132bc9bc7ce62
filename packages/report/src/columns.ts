import type { Rows } from "@flows/core";

/** One column of rows. */
export const columnOf = ({ data, shape: [n, width = 1] }: Rows, column: number): Float64Array =>
  Float64Array.from({ length: n }, (_, row) => data[row * width + column]!);

/** At most so many rows, evenly taken. */
export function thinned(rows: Rows, most: number): Rows {
  const { data, shape } = rows;
  const [n, width = 1] = shape;
  if (n <= most) return rows;
  const out = data instanceof Float64Array ? new Float64Array(most * width) : new Float32Array(most * width);
  for (let i = 0; i < most; i++) {
    const from = Math.floor((i * n) / most) * width;
    out.set(data.subarray(from, from + width), i * width);
  }
  return { data: out, shape: [most, width] };
}

/** The extent of columns of several rows, with some room at both ends. */
export function viewOf(parts: readonly Rows[], column: number, room = 0.08): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const rows of parts) for (const value of columnOf(rows, column)) [low, high] = [Math.min(low, value), Math.max(high, value)];
  if (!(low < high)) return [low - 0.5, low + 0.5];
  return [low - room * (high - low), high + room * (high - low)];
}

/** Whether two columns are so alike in spread that one unit may be equally long on both axes. */
export function alike(x: readonly [number, number], y: readonly [number, number]): boolean {
  const ratio = (x[1] - x[0]) / (y[1] - y[0]);
  return ratio > 1 / 3 && ratio < 3;
}

/** The pairs of columns that vary together most, strongest first. */
export function strongestPairs(rows: Rows, most: number): [number, number][] {
  const width = rows.shape[1] ?? 1;
  const columns = Array.from({ length: width }, (_, i) => standard(columnOf(rows, i)));
  const pairs = columns.flatMap((a, i) =>
    columns
      .slice(i + 1)
      .map((b, j) => ({ pair: [i, i + 1 + j] as [number, number], strength: Math.abs(a.reduce((sum, v, k) => sum + v * b[k]!, 0)) })),
  );
  return pairs
    .sort((a, b) => b.strength - a.strength)
    .slice(0, most)
    .map(({ pair }) => pair);
}

function standard(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const norm = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0)) || 1;
  return values.map((v) => (v - mean) / norm);
}
