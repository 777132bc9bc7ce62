import { uniforms } from "@flows/core/author";
import { type Pooled, squaredDistance } from "./pooled.js";

/** The nearest rows so far, their squared distances, and the lots that order equal ones. */
interface Nearest {
  readonly near: Int32Array;
  readonly far: Float64Array;
  readonly lot: Float64Array;
}

/** For every row the `count` nearest other rows, [rows * count], nearest first. Equally near ones are ordered by lot, anew for every row. */
export function nearestNeighbours(pool: Pooled, count: number, seed: number): Int32Array {
  const found = new Int32Array(pool.count * count);
  const nearest: Nearest = { near: new Int32Array(count), far: new Float64Array(count), lot: new Float64Array(count) };
  const words = Uint32Array.from(uniforms(seed, 0, pool.count, 1, "lots"), (u) => Math.floor(u * 2 ** 32));
  for (let i = 0; i < pool.count; i++) {
    nearest.far.fill(Number.POSITIVE_INFINITY);
    for (let j = 0; j < pool.count; j++) if (j !== i) place(nearest, j, squaredDistance(pool, i, j), lotOf(words[i]!, words[j]!));
    found.set(nearest.near, i * count);
  }
  return found;
}

/** A number for an ordered pair of words, by the last rounds of MurmurHash3. */
function lotOf(a: number, b: number): number {
  let word = Math.imul(a, 0xcc9e2d51) ^ b;
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return (word ^ (word >>> 16)) >>> 0;
}

/** Puts a row among the nearest ones, where it belongs there. */
function place({ near, far, lot }: Nearest, row: number, distance: number, ownLot: number): void {
  const before = (at: number): boolean => distance < far[at]! || (distance === far[at]! && ownLot < lot[at]!);
  let at = far.length - 1;
  if (!before(at)) return;
  for (; at > 0 && before(at - 1); at--) {
    far[at] = far[at - 1]!;
    near[at] = near[at - 1]!;
    lot[at] = lot[at - 1]!;
  }
  far[at] = distance;
  near[at] = row;
  lot[at] = ownLot;
}
