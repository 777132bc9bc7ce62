import { atLeast, loadPart, madd, splat, storePart } from "./vector";

/** Products with at most so many rows or columns in the result. */
export const THIN: i32 = 4;

/** The finish of one number: modes of ./gemm. */
@inline
function put(c: usize, value: f32, mode: i32, bias: usize): void {
  if (mode & 1) value += load<f32>(c);
  if (mode & 2) value += load<f32>(bias);
  if (mode & 4) value = value < 0 ? 0 : value;
  store<f32>(c, value);
}

/** Sums of the lanes of four vectors, one a lane. */
@inline
function sums(a: v128, b: v128, c: v128, d: v128): v128 {
  const low = f32x4.add(i32x4.shuffle(a, b, 0, 4, 1, 5), i32x4.shuffle(a, b, 2, 6, 3, 7));
  const high = f32x4.add(i32x4.shuffle(c, d, 0, 4, 1, 5), i32x4.shuffle(c, d, 2, 6, 3, 7));
  return f32x4.add(i64x2.shuffle(low, high, 0, 2), i64x2.shuffle(low, high, 1, 3));
}

/** c [m, n] = a [m, k] b, n at most THIN: scalar products along k; b is [k, n], or [n, k] where it is stored transposed. */
export function thinProducts(
  transposed: bool, m: i32, n: i32, k: i32, a: usize, lda: usize, b: usize, ldb: usize, c: usize, ldc: usize, mode: i32, bias: usize, scratch: usize,
): void {
  let w = b;
  if (!transposed) {
    w = scratch;
    for (let j = 0; j < n; j++)
      for (let p = 0; p < k; p++) store<f32>(w + (<usize>(j * k + p) << 2), load<f32>(b + <usize>p * ldb + (<usize>j << 2)));
  }
  const step = <usize>k << 2;
  for (let j = 0; j < n; j += 2) {
    const at = <usize>j << 2;
    const second = n - j > 1;
    for (let i = 0; i < m; i += 4)
      fourRows(min(m - i, 4), second, k, a + <usize>i * lda, lda, w + <usize>j * step, step, c + <usize>i * ldc + at, ldc, mode, bias + at);
  }
}

/** Four rows (or fewer) against one column or two. */
@inline
function fourRows(
  rows: i32, second: bool, k: i32, a: usize, lda: usize, w: usize, step: usize, c: usize, ldc: usize, mode: i32, bias: usize,
): void {
  // Rows that are not there are read as the first one, and dropped.
  const a1 = rows > 1 ? a + lda : a;
  const a2 = rows > 2 ? a + 2 * lda : a;
  const a3 = rows > 3 ? a + 3 * lda : a;
  const v = second ? w + step : w;
  let s0 = splat(0), s1 = splat(0), s2 = splat(0), s3 = splat(0);
  let t0 = splat(0), t1 = splat(0), t2 = splat(0), t3 = splat(0);
  let p: usize = 0;
  for (; p + 16 <= step; p += 16) {
    const x0 = v128.load(a + p), x1 = v128.load(a1 + p), x2 = v128.load(a2 + p), x3 = v128.load(a3 + p);
    const y = v128.load(w + p), z = v128.load(v + p);
    s0 = madd(x0, y, s0); s1 = madd(x1, y, s1); s2 = madd(x2, y, s2); s3 = madd(x3, y, s3);
    t0 = madd(x0, z, t0); t1 = madd(x1, z, t1); t2 = madd(x2, z, t2); t3 = madd(x3, z, t3);
  }
  const rest = <i32>((step - p) >> 2);
  if (rest > 0) {
    const x0 = loadPart(a + p, rest), x1 = loadPart(a1 + p, rest), x2 = loadPart(a2 + p, rest), x3 = loadPart(a3 + p, rest);
    const y = loadPart(w + p, rest), z = loadPart(v + p, rest);
    s0 = madd(x0, y, s0); s1 = madd(x1, y, s1); s2 = madd(x2, y, s2); s3 = madd(x3, y, s3);
    t0 = madd(x0, z, t0); t1 = madd(x1, z, t1); t2 = madd(x2, z, t2); t3 = madd(x3, z, t3);
  }
  const s = sums(s0, s1, s2, s3);
  const t = sums(t0, t1, t2, t3);
  if (second && rows == 4 && ldc == 8) return putPairs(s, t, c, mode, bias);
  putColumn(rows, s, c, ldc, mode, bias);
  if (second) putColumn(rows, t, c + 4, ldc, mode, bias + 4);
}

/** Two columns that are all there is: their four rows lie side by side. */
@inline
function putPairs(s: v128, t: v128, c: usize, mode: i32, bias: usize): void {
  let low = i32x4.shuffle(s, t, 0, 4, 1, 5);
  let high = i32x4.shuffle(s, t, 2, 6, 3, 7);
  if (mode & 1) {
    low = f32x4.add(low, v128.load(c));
    high = f32x4.add(high, v128.load(c, 16));
  }
  if (mode & 2) {
    const pair = v128.load64_splat(bias);
    low = f32x4.add(low, pair);
    high = f32x4.add(high, pair);
  }
  if (mode & 4) {
    low = atLeast(low, splat(0));
    high = atLeast(high, splat(0));
  }
  v128.store(c, low);
  v128.store(c, high, 16);
}

@inline
function putColumn(rows: i32, s: v128, c: usize, ldc: usize, mode: i32, bias: usize): void {
  put(c, f32x4.extract_lane(s, 0), mode, bias);
  if (rows > 1) put(c + ldc, f32x4.extract_lane(s, 1), mode, bias);
  if (rows > 2) put(c + 2 * ldc, f32x4.extract_lane(s, 2), mode, bias);
  if (rows > 3) put(c + 3 * ldc, f32x4.extract_lane(s, 3), mode, bias);
}

/** Adds to c the sums over k rows of one column or two times four vectors side by side, kept in registers meanwhile. */
@inline
function outer(k: i32, thin: usize, ldt: usize, second: usize, wide: usize, ldw: usize, c: usize, ldc: usize, byRows: bool, both: bool): void {
  let s0 = splat(0), s1 = splat(0), s2 = splat(0), s3 = splat(0);
  let t0 = splat(0), t1 = splat(0), t2 = splat(0), t3 = splat(0);
  for (; k > 0; k--) {
    const x = v128.load32_splat(thin), y = v128.load32_splat(thin + second);
    const w0 = v128.load(wide), w1 = v128.load(wide, 16), w2 = v128.load(wide, 32), w3 = v128.load(wide, 48);
    s0 = madd(x, w0, s0); s1 = madd(x, w1, s1); s2 = madd(x, w2, s2); s3 = madd(x, w3, s3);
    t0 = madd(y, w0, t0); t1 = madd(y, w1, t1); t2 = madd(y, w2, t2); t3 = madd(y, w3, t3);
    thin += ldt;
    wide += ldw;
  }
  if (byRows) {
    addFour(c, s0, s1, s2, s3);
    if (both) addFour(c + ldc, t0, t1, t2, t3);
    return;
  }
  addDown(c, ldc, s0); addDown(c + 4 * ldc, ldc, s1); addDown(c + 8 * ldc, ldc, s2); addDown(c + 12 * ldc, ldc, s3);
  if (!both) return;
  c += 4;
  addDown(c, ldc, t0); addDown(c + 4 * ldc, ldc, t1); addDown(c + 8 * ldc, ldc, t2); addDown(c + 12 * ldc, ldc, t3);
}

@inline
function addFour(c: usize, s0: v128, s1: v128, s2: v128, s3: v128): void {
  v128.store(c, f32x4.add(v128.load(c), s0));
  v128.store(c, f32x4.add(v128.load(c, 16), s1), 16);
  v128.store(c, f32x4.add(v128.load(c, 32), s2), 32);
  v128.store(c, f32x4.add(v128.load(c, 48), s3), 48);
}

@inline
function addDown(c: usize, ldc: usize, s: v128): void {
  store<f32>(c, load<f32>(c) + f32x4.extract_lane(s, 0));
  store<f32>(c + ldc, load<f32>(c + ldc) + f32x4.extract_lane(s, 1));
  store<f32>(c + 2 * ldc, load<f32>(c + 2 * ldc) + f32x4.extract_lane(s, 2));
  store<f32>(c + 3 * ldc, load<f32>(c + 3 * ldc) + f32x4.extract_lane(s, 3));
}

/** The last, fewer than 16, columns of the wide operand, one sum at a time. */
function outerRest(k: i32, thin: usize, ldt: usize, wide: usize, ldw: usize, count: i32, c: usize, ldc: usize, byRows: bool): void {
  for (let j = 0; j < count; j += 4) {
    const part = min(count - j, 4);
    const at = <usize>j << 2;
    let s = splat(0);
    let x = thin, w = wide + at;
    for (let i = 0; i < k; i++) {
      s = madd(v128.load32_splat(x), part == 4 ? v128.load(w) : loadPart(w, part), s);
      x += ldt;
      w += ldw;
    }
    if (byRows) {
      if (part == 4) v128.store(c + at, f32x4.add(v128.load(c + at), s));
      else storePart(c + at, f32x4.add(loadPart(c + at, part), s), part);
    } else
      for (let lane = 0; lane < part; lane++) {
        const to = c + <usize>(j + lane) * ldc;
        store<f32>(to, load<f32>(to) + f32x4.extract_lane(s, 0));
        s = i32x4.shuffle(s, s, 1, 2, 3, 0);
      }
  }
}

/** Each column of the thin operand, two at a time, against all of the wide one. */
@inline
function outers(
  count: i32, width: i32, k: i32, thin: usize, ldt: usize, wide: usize, ldw: usize, c: usize, ldc: usize, byRows: bool,
): void {
  const whole = width & ~15;
  for (let i = 0; i < count; i += 2) {
    const both = count - i > 1;
    const from = thin + (<usize>i << 2);
    const to = c + (byRows ? <usize>i * ldc : <usize>i << 2);
    for (let j = 0; j < whole; j += 16) {
      const at = <usize>j << 2;
      outer(k, from, ldt, both ? 4 : 0, wide + at, ldw, to + (byRows ? at : <usize>j * ldc), ldc, byRows, both);
    }
    const columns = both ? 2 : 1;
    for (let n = 0; n != columns; n++) {
      const rest = to + (byRows ? <usize>n * ldc + (<usize>whole << 2) : <usize>whole * ldc + (<usize>n << 2));
      outerRest(k, from + (<usize>n << 2), ldt, wide + (<usize>whole << 2), ldw, width - whole, rest, ldc, byRows);
    }
  }
}

/** c [m, n] += a^T b with few rows m: a [k, m], b [k, n]. */
export function thinRows(m: i32, n: i32, k: i32, a: usize, lda: usize, b: usize, ldb: usize, c: usize, ldc: usize): void {
  outers(m, n, k, a, lda, b, ldb, c, ldc, true);
}

/** c [m, n] += a^T b with few columns n: a [k, m], b [k, n]. */
export function thinColumns(m: i32, n: i32, k: i32, a: usize, lda: usize, b: usize, ldb: usize, c: usize, ldc: usize): void {
  outers(n, m, k, b, ldb, a, lda, c, ldc, false);
}
