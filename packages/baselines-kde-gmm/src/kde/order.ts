import type { Matrix } from "../matrix.js";

/**
 * Row numbers in an order that puts neighbours into the same block of `size` rows: halved along the widest feature, as in a k-d tree,
 * until a block is left. Equal rows keep their order.
 */
export function nearbyOrder(rows: Matrix, size: number): Int32Array {
  const order = Int32Array.from({ length: rows.n }, (_, i) => i);
  halve(rows, order, size);
  return order;
}

function halve(rows: Matrix, order: Int32Array, size: number): void {
  if (order.length <= size) return;
  const { data, features } = rows;
  const axis = widest(rows, order);
  order.sort((a, b) => data[a * features + axis]! - data[b * features + axis]! || a - b);
  const left = size * Math.ceil(Math.ceil(order.length / size) / 2);
  halve(rows, order.subarray(0, left), size);
  halve(rows, order.subarray(left), size);
}

function widest({ data, features }: Matrix, order: Int32Array): number {
  const spread = Array.from({ length: features }, (_, k) => {
    let [lo, hi] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const i of order) {
      lo = Math.min(lo, data[i * features + k]!);
      hi = Math.max(hi, data[i * features + k]!);
    }
    return hi - lo;
  });
  return spread.indexOf(Math.max(...spread));
}
