import { GRADIENTS } from "./build";
import { atLeast, madd, splat, whereRisen } from "./vector";

/** Inner lengths up to here: the right operand stays in registers, and the rows run by. */
export const SHALLOW: i32 = 2;

/** Four columns of row k of b from `column` on; b is [k, n], or [n, depth] where it is stored transposed. */
function columnsOf(transposed: bool, depth: i32, b: usize, ldb: usize, column: usize, k: usize): v128 {
  if (!transposed) return v128.load(b + k * ldb + (column << 2));
  const at = b + column * ldb;
  if (depth == 1) return v128.load(at);
  const low = v128.load(at), high = v128.load(at, 16);
  return k == 0 ? i32x4.shuffle(low, high, 0, 2, 4, 6) : i32x4.shuffle(low, high, 1, 3, 5, 7);
}

/** Eight columns of all rows; `risen` is the address of what WHERE_RISEN of ./gemm looks at, 0 for none. */
@inline
function eight(
  two: bool, masked: bool, m: i32, a: usize, lda: usize, p0: v128, p1: v128, q0: v128, q1: v128, c: usize, ldc: usize, t0: v128, t1: v128, floor: v128, risen: usize,
): void {
  for (; m > 0; m--) {
    const x = v128.load32_splat(a);
    let s0 = madd(x, p0, t0);
    let s1 = madd(x, p1, t1);
    if (two) {
      const y = v128.load32_splat(a, 4);
      s0 = madd(y, q0, s0);
      s1 = madd(y, q1, s1);
    }
    v128.store(c, masked ? whereRisen(s0, v128.load(risen)) : atLeast(s0, floor));
    v128.store(c, masked ? whereRisen(s1, v128.load(risen, 16)) : atLeast(s1, floor), 16);
    a += lda;
    c += ldc;
    if (masked) risen += ldc;
  }
}

/**
 * c [m, n] = a [m, k] b for k at most SHALLOW and n a multiple of 8, nothing added to c; b is [k, n], or [n, k] where it is stored
 * transposed.
 */
export function shallow(
  transposed: bool, m: i32, n: i32, k: i32, a: usize, lda: usize, b: usize, ldb: usize, c: usize, ldc: usize, mode: i32, bias: usize,
): void {
  const floor = splat(mode & 4 ? 0 : -Infinity);
  for (let j: usize = 0; j < <usize>n; j += 8) {
    const at = j << 2;
    const p0 = columnsOf(transposed, k, b, ldb, j, 0), p1 = columnsOf(transposed, k, b, ldb, j + 4, 0);
    const t0 = mode & 2 ? v128.load(bias + at) : splat(0), t1 = mode & 2 ? v128.load(bias + at, 16) : splat(0);
    const risen = bias + at;
    if (k == 1) {
      if (GRADIENTS && (mode & 8) != 0) eight(false, true, m, a, lda, p0, p1, p0, p1, c + at, ldc, t0, t1, floor, risen);
      else eight(false, false, m, a, lda, p0, p1, p0, p1, c + at, ldc, t0, t1, floor, risen);
      continue;
    }
    const q0 = columnsOf(transposed, k, b, ldb, j, 1), q1 = columnsOf(transposed, k, b, ldb, j + 4, 1);
    if (GRADIENTS && (mode & 8) != 0) eight(true, true, m, a, lda, p0, p1, q0, q1, c + at, ldc, t0, t1, floor, risen);
    else eight(true, false, m, a, lda, p0, p1, q0, q1, c + at, ldc, t0, t1, floor, risen);
  }
}
