import { loadPart, storePart, sumOfLanes } from "../vector";

/**
 * Two ways to put rows into four lanes: four rows of one column (sums along a row are then plain additions), or four columns of one
 * row (sums over the rows are). `count` is 4, or less at the end.
 */

/** One column of `count` rows; zeros after them. */
@inline
export function gather(p: usize, stride: usize, count: i32): v128 {
  if (count < 4) return gatherPart(p, stride, count);
  if (stride == 4) return v128.load(p);
  let v = v128.load32_zero(p);
  v = v128.load32_lane(p + stride, v, 1);
  v = v128.load32_lane(p + 2 * stride, v, 2);
  return v128.load32_lane(p + 3 * stride, v, 3);
}

function gatherPart(p: usize, stride: usize, count: i32): v128 {
  let v = v128.load32_zero(p);
  if (count > 1) v = v128.load32_lane(p + stride, v, 1);
  if (count > 2) v = v128.load32_lane(p + 2 * stride, v, 2);
  return v;
}

/** Puts `count` lanes into one column. */
@inline
export function scatter(p: usize, stride: usize, v: v128, count: i32): void {
  if (count < 4) scatterPart(p, stride, v, count);
  else if (stride == 4) v128.store(p, v);
  else {
    v128.store32_lane(p, v, 0);
    v128.store32_lane(p + stride, v, 1);
    v128.store32_lane(p + 2 * stride, v, 2);
    v128.store32_lane(p + 3 * stride, v, 3);
  }
}

function scatterPart(p: usize, stride: usize, v: v128, count: i32): void {
  v128.store32_lane(p, v, 0);
  if (count > 1) v128.store32_lane(p + stride, v, 1);
  if (count > 2) v128.store32_lane(p + 2 * stride, v, 2);
}

@inline
export function addToColumn(p: usize, stride: usize, v: v128, count: i32): void {
  scatter(p, stride, f32x4.add(gather(p, stride, count), v), count);
}

/** `count` columns of one row; zeros after them. */
@inline
export function part(p: usize, count: i32): v128 {
  return count == 4 ? v128.load(p) : loadPart(p, count);
}

@inline
export function putPart(p: usize, v: v128, count: i32): void {
  if (count == 4) v128.store(p, v);
  else storePart(p, v, count);
}

@inline
export function addToPart(p: usize, v: v128, count: i32): void {
  putPart(p, f32x4.add(part(p, count), v), count);
}

/** Adds one number to the rows from..to of a column of its own: a log-det that all rows share. */
export function addToRows(column: usize, value: f32, from: i32, to: i32): void {
  const four = f32x4.splat(value);
  for (let row = from; row < to; row += 4) addToPart(column + (<usize>row << 2), four, min(to - row, 4));
}

/** Sum of the rows from..to of a column of its own. */
export function sumOfRows(column: usize, from: i32, to: i32): f32 {
  let total = f32x4.splat(0);
  for (let row = from; row < to; row += 4) total = f32x4.add(total, part(column + (<usize>row << 2), min(to - row, 4)));
  return sumOfLanes(total);
}

/** Adds the sum of the lanes to one number. */
@inline
export function addSum(p: usize, v: v128): void {
  store<f32>(p, load<f32>(p) + sumOfLanes(v));
}

/** How many whole rows of one or two columns fill a vector together; 1 for wider ones. */
@inline
export function rowsAVector(width: i32): i32 {
  return width > 2 ? 1 : 4 / width;
}

/** The columns of one row, again for each row of a vector. */
@inline
export function repeated(v: v128, width: i32): v128 {
  if (width == 1) return i32x4.shuffle(v, v, 0, 0, 0, 0);
  return width == 2 ? i64x2.shuffle(v, v, 0, 0) : v;
}

/** The sum of the rows of a vector, in the first lanes. */
@inline
export function folded(v: v128, width: i32): v128 {
  if (width > 2) return v;
  const pairs = f32x4.add(v, i64x2.shuffle(v, v, 1, 0));
  return width == 2 ? pairs : f32x4.add(pairs, i32x4.shuffle(pairs, pairs, 1, 0, 3, 2));
}
