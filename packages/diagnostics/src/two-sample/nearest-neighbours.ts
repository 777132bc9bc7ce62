import { type Pooled, squaredDistance } from "./pooled.js";

/** The rows nearest to one row. */
export interface Near {
  /** Those nearer than the last place, and those that tie for it. */
  readonly nearer: Int32Array;
  readonly tied: Int32Array;
  /** What each of the tied counts, so that all count `count` together. */
  readonly share: number;
}

/** For every row the `count` nearest other rows. Rows that tie for the last places share them, so that no order of the rows decides. */
export const nearestNeighbours = (pool: Pooled, count: number): Near[] =>
  Array.from({ length: pool.count }, (_, row) => nearest(pool, row, count));

function nearest(pool: Pooled, row: number, count: number): Near {
  const distances = Float64Array.from({ length: pool.count }, (_, other) =>
    other === row ? Number.POSITIVE_INFINITY : squaredDistance(pool, row, other),
  );
  const last = smallest(distances, count);
  const [nearer, tied]: [number[], number[]] = [[], []];
  distances.forEach((distance, other) => {
    if (distance < last) nearer.push(other);
    else if (distance === last) tied.push(other);
  });
  return { nearer: Int32Array.from(nearer), tied: Int32Array.from(tied), share: (count - nearer.length) / tied.length };
}

/** The value at place `count` of the sorted ones, without sorting them. */
function smallest(values: Float64Array, count: number): number {
  const kept = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  for (const value of values) {
    let at = count - 1;
    if (value >= kept[at]!) continue;
    for (; at > 0 && kept[at - 1]! > value; at--) kept[at] = kept[at - 1]!;
    kept[at] = value;
  }
  return kept[count - 1]!;
}
