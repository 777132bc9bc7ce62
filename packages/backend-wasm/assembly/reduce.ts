import { loadPart, splat, storePart, sumOfLanes } from "./vector";

/** Rows that one accumulator takes before it is added to the next level: keeps rounding near log n. */
const BLOCK: i32 = 64;

/** Sum of n floats: 16 lanes over 256 floats, the blocks' sums in float64. */
function sumRun(x: usize, n: i32): f64 {
  let total: f64 = 0;
  let i = 0;
  while (i + 16 <= n) {
    const end = min(i + 256, n - 15);
    let s0 = splat(0);
    let s1 = splat(0);
    let s2 = splat(0);
    let s3 = splat(0);
    for (; i < end; i += 16) {
      s0 = f32x4.add(s0, v128.load(x));
      s1 = f32x4.add(s1, v128.load(x, 16));
      s2 = f32x4.add(s2, v128.load(x, 32));
      s3 = f32x4.add(s3, v128.load(x, 48));
      x += 64;
    }
    total += <f64>sumOfLanes(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)));
  }
  for (; i < n; i++) {
    total += <f64>load<f32>(x);
    x += 4;
  }
  return total;
}

/** y [rows] = scale times the sum of each row of x [rows, columns]. */
export function sumRows(x: usize, y: usize, rows: i32, columns: i32, scale: f32): void {
  for (let i = 0; i < rows; i++) {
    store<f32>(y, <f32>(sumRun(x, columns) * <f64>scale));
    x += <usize>columns << 2;
    y += 4;
  }
}

/** Sum of four columns over `rows` rows, `count` of them in memory. */
@inline
function sumFour(x: usize, rows: i32, stride: usize, count: i32): v128 {
  let total = splat(0);
  for (let i = 0; i < rows; i += BLOCK) {
    let s = splat(0);
    for (let end = min(BLOCK, rows - i); end > 0; end--) {
      s = f32x4.add(s, count == 4 ? v128.load(x) : loadPart(x, count));
      x += stride;
    }
    total = f32x4.add(total, s);
  }
  return total;
}

@inline
function addScaled(y: usize, at: usize, sum: v128, scale: v128, add: bool): void {
  const value = f32x4.mul(sum, scale);
  v128.store(y + at, add ? f32x4.add(v128.load(y + at), value) : value);
}

/** The same for 16 columns side by side: four sums that do not wait for each other. */
@inline
function sixteen(x: usize, y: usize, rows: i32, stride: usize, scale: v128, add: bool): void {
  let t0 = splat(0), t1 = splat(0), t2 = splat(0), t3 = splat(0);
  for (let i = 0; i < rows; i += BLOCK) {
    let s0 = splat(0), s1 = splat(0), s2 = splat(0), s3 = splat(0);
    for (let end = min(BLOCK, rows - i); end > 0; end--) {
      s0 = f32x4.add(s0, v128.load(x)); s1 = f32x4.add(s1, v128.load(x, 16));
      s2 = f32x4.add(s2, v128.load(x, 32)); s3 = f32x4.add(s3, v128.load(x, 48));
      x += stride;
    }
    t0 = f32x4.add(t0, s0); t1 = f32x4.add(t1, s1); t2 = f32x4.add(t2, s2); t3 = f32x4.add(t3, s3);
  }
  addScaled(y, 0, t0, scale, add); addScaled(y, 16, t1, scale, add);
  addScaled(y, 32, t2, scale, add); addScaled(y, 48, t3, scale, add);
}

/** y [columns] = scale times the sum over the rows of x [rows, columns], added to y where `add` is set. */
export function sumColumns(x: usize, y: usize, rows: i32, columns: i32, scale: f32, add: bool): void {
  const stride = <usize>columns << 2;
  const factor = splat(scale);
  let j = 0;
  for (; j + 16 <= columns; j += 16) sixteen(x + (<usize>j << 2), y + (<usize>j << 2), rows, stride, factor, add);
  for (; j + 4 <= columns; j += 4) {
    const at = <usize>j << 2;
    addScaled(y, at, sumFour(x + at, rows, stride, 4), factor, add);
  }
  const rest = columns - j;
  if (rest == 0) return;
  const at = <usize>j << 2;
  const value = f32x4.mul(sumFour(x + at, rows, stride, rest), factor);
  storePart(y + at, add ? f32x4.add(loadPart(y + at, rest), value) : value, rest);
}
