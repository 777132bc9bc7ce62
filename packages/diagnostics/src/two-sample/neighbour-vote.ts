import { type Near, nearestNeighbours } from "./nearest-neighbours.js";
import { type PermutationOptions, type PermutationResult, permutationTest } from "./permutation-test.js";
import type { Pooled } from "./pooled.js";

/** The accuracy of a vote among the nearest other rows, each sample's votes weighed by its size, with its permutation p-value. */
export function neighbourVote(pool: Pooled, neighbours: number, options: PermutationOptions): PermutationResult {
  const near = nearestNeighbours(pool, neighbours);
  return permutationTest("c2st", pool, (members) => accuracyOf(pool, near, neighbours, members), options);
}

/** Votes are sums of shares: a smaller difference is rounding. */
const rounding = 1e-9;

/** The mean of both samples' shares of rows that the vote of their neighbours tells rightly. */
function accuracyOf({ first, count }: Pooled, near: readonly Near[], neighbours: number, members: Int32Array): number {
  const inFirst = new Uint8Array(count);
  for (const row of members) inFirst[row] = 1;
  // The votes that an uninformed neighbourhood gives to the first sample.
  const even = (neighbours * first) / count;
  const right = [0, 0];
  near.forEach(({ nearer, tied, share }, row) => {
    const lead = votes(inFirst, nearer) + share * votes(inFirst, tied) - even;
    const own = inFirst[row]!;
    if (Math.abs(lead) < rounding) right[own]! += 0.5;
    else if (lead > 0 === (own === 1)) right[own]! += 1;
  });
  return 0.5 * (right[1]! / first + right[0]! / (count - first));
}

function votes(inFirst: Uint8Array, rows: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < rows.length; i++) sum += inFirst[rows[i]!]!;
  return sum;
}
