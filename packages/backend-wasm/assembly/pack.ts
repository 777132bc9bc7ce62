import { loadPart } from "./vector";

/** Copies of the operands in the order the micro kernel reads them. A panel is k-major, 8 (or 4) columns wide, padded with zeros. */

/** Columns of a row-major matrix: panel[k][j] = b[k][j], j < columns. */
export function packColumns(k: i32, b: usize, stride: usize, panel: usize, columns: i32, width: i32): void {
  const step = <usize>width << 2;
  if (columns == 8) {
    for (let i = 0; i < k; i++) {
      v128.store(panel, v128.load(b));
      v128.store(panel, v128.load(b, 16), 16);
      b += stride;
      panel += step;
    }
    return;
  }
  memory.fill(panel, 0, <usize>k * step);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < columns; j++) store<f32>(panel + (<usize>j << 2), load<f32>(b + (<usize>j << 2)));
    b += stride;
    panel += step;
  }
}

/** Four rows of b become four columns of the panel. */
function transposeFour(k: i32, b: usize, stride: usize, panel: usize, step: usize): void {
  let i = 0;
  for (; i + 4 <= k; i += 4) {
    const r0 = v128.load(b);
    const r1 = v128.load(b + stride);
    const r2 = v128.load(b + 2 * stride);
    const r3 = v128.load(b + 3 * stride);
    const t0 = i32x4.shuffle(r0, r1, 0, 4, 1, 5);
    const t1 = i32x4.shuffle(r2, r3, 0, 4, 1, 5);
    const t2 = i32x4.shuffle(r0, r1, 2, 6, 3, 7);
    const t3 = i32x4.shuffle(r2, r3, 2, 6, 3, 7);
    v128.store(panel, i64x2.shuffle(t0, t1, 0, 2));
    v128.store(panel + step, i64x2.shuffle(t0, t1, 1, 3));
    v128.store(panel + 2 * step, i64x2.shuffle(t2, t3, 0, 2));
    v128.store(panel + 3 * step, i64x2.shuffle(t2, t3, 1, 3));
    b += 16;
    panel += 4 * step;
  }
  for (; i < k; i++) {
    for (let j: usize = 0; j < 4; j++) store<f32>(panel + (j << 2), load<f32>(b + j * stride));
    b += 4;
    panel += step;
  }
}

/** y [.., rows] = x [rows, columns] transposed; `step` bytes from one row of y to the next. */
export function transposeInto(rows: i32, columns: i32, x: usize, stride: usize, y: usize, step: usize): void {
  let i = 0;
  for (; i + 4 <= rows; i += 4) transposeFour(columns, x + <usize>i * stride, stride, y + (<usize>i << 2), step);
  for (; i < rows; i++) {
    let from = x + <usize>i * stride;
    let to = y + (<usize>i << 2);
    for (let j = 0; j < columns; j++) {
      store<f32>(to, load<f32>(from));
      from += 4;
      to += step;
    }
  }
}

/** Rows of a row-major matrix as columns: panel[k][j] = b[j][k], j < columns. */
export function packRows(k: i32, b: usize, stride: usize, panel: usize, columns: i32, width: i32): void {
  const step = <usize>width << 2;
  if ((columns & 3) != 0) memory.fill(panel, 0, <usize>k * step);
  transposeInto(columns, k, b, stride, panel, step);
}

/** Columns of a in strips of four, k-major, the last one filled up with zeros: the left operand of a^T b. */
export function packStrips(m: i32, k: i32, a: usize, stride: usize, strips: usize): void {
  for (let i = 0; i < m; i += 4) {
    const count = min(m - i, 4);
    let from = a + (<usize>i << 2);
    for (let p = 0; p < k; p++) {
      v128.store(strips, count == 4 ? v128.load(from) : loadPart(from, count));
      from += stride;
      strips += 16;
    }
  }
}
