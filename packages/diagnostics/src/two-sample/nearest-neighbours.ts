import { type Pooled, squaredDistance } from "./pooled.js";

/** For every row the `count` nearest other rows, [rows * count], nearest first. Of equally near ones the earlier row comes first. */
export function nearestNeighbours(pool: Pooled, count: number): Int32Array {
  const found = new Int32Array(pool.count * count);
  const [near, far] = [new Int32Array(count), new Float64Array(count)];
  for (let i = 0; i < pool.count; i++) {
    far.fill(Number.POSITIVE_INFINITY);
    for (let j = 0; j < pool.count; j++) if (j !== i) place(near, far, j, squaredDistance(pool, i, j));
    found.set(near, i * count);
  }
  return found;
}

/** Puts a row among the nearest ones, where it belongs there. */
function place(near: Int32Array, far: Float64Array, row: number, distance: number): void {
  let at = far.length - 1;
  if (distance >= far[at]!) return;
  for (; at > 0 && far[at - 1]! > distance; at--) {
    far[at] = far[at - 1]!;
    near[at] = near[at - 1]!;
  }
  far[at] = distance;
  near[at] = row;
}
