import { madd, splat } from "../vector";
import { addSum, addToColumn, gather, scatter } from "./lanes";

/** Rows of a block, which lies transposed, 64 bytes a column: four chains of additions hide the latency of one. */
export const BLOCK: i32 = 16;
export const COLUMN: usize = 64;

/** column = x - less for `count` rows of x, a column of [rows, width]. The rows after them are never put back; for less = 0 they are 0. */
export function takeColumn(column: usize, x: usize, stride: usize, less: v128, count: i32): void {
  for (let row = 0; row < BLOCK; row += 4) {
    v128.store(column, row < count ? f32x4.sub(gather(x, stride, min(count - row, 4)), less) : splat(0));
    x += 4 * stride;
    column += 16;
  }
}

/** y = column + more. */
export function putColumn(column: usize, y: usize, stride: usize, more: v128, count: i32): void {
  for (let row = 0; row < count; row += 4) {
    scatter(y, stride, f32x4.add(v128.load(column), more), min(count - row, 4));
    y += 4 * stride;
    column += 16;
  }
}

/** dx += column */
export function addColumn(column: usize, dx: usize, stride: usize, count: i32): void {
  for (let row = 0; row < count; row += 4) {
    addToColumn(dx, stride, v128.load(column), min(count - row, 4));
    dx += 4 * stride;
    column += 16;
  }
}

/** column *= factor */
@inline
export function scaleColumn(column: usize, factor: v128): void {
  v128.store(column, f32x4.mul(v128.load(column), factor));
  v128.store(column, f32x4.mul(v128.load(column, 16), factor), 16);
  v128.store(column, f32x4.mul(v128.load(column, 32), factor), 32);
  v128.store(column, f32x4.mul(v128.load(column, 48), factor), 48);
}

/** The sum over the rows of a column, or of the product of two, in four lanes. */
@inline
export function sumOfColumn(a: usize): v128 {
  return f32x4.add(f32x4.add(v128.load(a), v128.load(a, 16)), f32x4.add(v128.load(a, 32), v128.load(a, 48)));
}

@inline
export function dotOfColumns(a: usize, b: usize): v128 {
  let sum = f32x4.mul(v128.load(a), v128.load(b));
  sum = madd(v128.load(a, 16), v128.load(b, 16), sum);
  sum = madd(v128.load(a, 32), v128.load(b, 32), sum);
  return madd(v128.load(a, 48), v128.load(b, 48), sum);
}

/** column += sign sum_k weights[k] columns[k], sign 1 or -1. */
export function addProduct(column: usize, weights: usize, columns: usize, count: i32, sign: v128): void {
  let y0 = f32x4.mul(sign, v128.load(column));
  let y1 = f32x4.mul(sign, v128.load(column, 16));
  let y2 = f32x4.mul(sign, v128.load(column, 32));
  let y3 = f32x4.mul(sign, v128.load(column, 48));
  for (; count > 0; count--) {
    const weight = v128.load32_splat(weights);
    y0 = madd(weight, v128.load(columns), y0);
    y1 = madd(weight, v128.load(columns, 16), y1);
    y2 = madd(weight, v128.load(columns, 32), y2);
    y3 = madd(weight, v128.load(columns, 48), y3);
    weights += 4;
    columns += COLUMN;
  }
  v128.store(column, f32x4.mul(sign, y0));
  v128.store(column, f32x4.mul(sign, y1), 16);
  v128.store(column, f32x4.mul(sign, y2), 32);
  v128.store(column, f32x4.mul(sign, y3), 48);
}

/** What `addProduct` gives back for the adjoint d of its column: dWeights[k] += sign d . columns[k] and dColumns[k] += sign weights[k] d. */
export function addProductBackward(
  d: usize, weights: usize, dWeights: usize, columns: usize, dColumns: usize, count: i32, sign: v128,
): void {
  const d0 = f32x4.mul(sign, v128.load(d));
  const d1 = f32x4.mul(sign, v128.load(d, 16));
  const d2 = f32x4.mul(sign, v128.load(d, 32));
  const d3 = f32x4.mul(sign, v128.load(d, 48));
  for (; count > 0; count--) {
    let sum = f32x4.mul(d0, v128.load(columns));
    sum = madd(d1, v128.load(columns, 16), sum);
    sum = madd(d2, v128.load(columns, 32), sum);
    addSum(dWeights, madd(d3, v128.load(columns, 48), sum));
    const weight = v128.load32_splat(weights);
    v128.store(dColumns, madd(weight, d0, v128.load(dColumns)));
    v128.store(dColumns, madd(weight, d1, v128.load(dColumns, 16)), 16);
    v128.store(dColumns, madd(weight, d2, v128.load(dColumns, 32)), 32);
    v128.store(dColumns, madd(weight, d3, v128.load(dColumns, 48)), 48);
    weights += 4;
    dWeights += 4;
    columns += COLUMN;
    dColumns += COLUMN;
  }
}
