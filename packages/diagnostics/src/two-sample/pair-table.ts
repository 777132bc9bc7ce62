import { type Pooled, squaredDistance } from "./pooled.js";

/** A symmetric number for every pair of different rows. */
export interface PairTable {
  /** Row i holds its pairs with rows 0 .. i - 1. */
  readonly pairs: readonly Float32Array[];
  /** Every row's sum over all its pairs. */
  readonly sums: Float64Array;
  /** The sum over all pairs, each once. */
  readonly total: number;
}

/** A number for every pair from the pair's squared distance. */
export const pairTable = (pool: Pooled, value: (squared: number) => number): PairTable =>
  tableOf(Array.from({ length: pool.count }, (_, i) => Float32Array.from({ length: i }, (__, j) => value(squaredDistance(pool, i, j)))));

/** Other numbers for the same pairs. */
export const changed = ({ pairs }: PairTable, value: (number: number) => number): PairTable => tableOf(pairs.map((row) => row.map(value)));

function tableOf(pairs: readonly Float32Array[]): PairTable {
  const sums = new Float64Array(pairs.length);
  let total = 0;
  pairs.forEach((row, i) => {
    row.forEach((value, j) => {
      sums[i]! += value;
      sums[j]! += value;
      total += value;
    });
  });
  return { pairs, sums, total };
}

/** Sums over pairs within the first sample, within the second, and across; each pair once. */
export interface PairSums {
  readonly first: number;
  readonly second: number;
  readonly across: number;
}

/** The sums where the rows of these numbers, in ascending order, make up the first sample. */
export function pairSums({ pairs, sums, total }: PairTable, members: Int32Array): PairSums {
  let [first, touching] = [0, 0];
  for (let a = 0; a < members.length; a++) {
    const row = pairs[members[a]!]!;
    let own = 0;
    for (let b = 0; b < a; b++) own += row[members[b]!]!;
    first += own;
    touching += sums[members[a]!]!;
  }
  const across = touching - 2 * first;
  return { first, second: total - first - across, across };
}
