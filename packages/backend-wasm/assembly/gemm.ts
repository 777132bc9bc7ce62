import { direct4, direct8, packed4, packed8 } from "./tiles";
import { packColumns, packRows, packStrips } from "./pack";

/** What happens to a tile before it is stored, in this order. */
export const ACCUMULATE: i32 = 1;
export const BIAS: i32 = 2;
export const RECTIFY: i32 = 4;

export const TRANSPOSE_A: i32 = 1;
export const TRANSPOSE_B: i32 = 2;

/** Rows and inner length of a block: its left operand fits in the second-level cache, a panel in the first. */
const BLOCK: i32 = 256;
const PANEL_BYTES: usize = 256 * 8 * 4;
const TILE_BYTES: usize = 4 * 8 * 4;

/** Bytes that `gemm` needs as scratch. */
export function gemmScratchBytes(): i32 {
  return <i32>(PANEL_BYTES + TILE_BYTES) + BLOCK * BLOCK * 4;
}

/** The epilogue of a tile that is cut off at the right edge. */
function storeRagged(rows: i32, columns: i32, tile: usize, tileStride: usize, c: usize, stride: usize, mode: i32, bias: usize): void {
  for (let i = 0; i < rows; i++) {
    for (let j: usize = 0; j < <usize>columns << 2; j += 4) {
      let value = load<f32>(tile + j);
      if (mode & ACCUMULATE) value += load<f32>(c + j);
      if (mode & BIAS) value += load<f32>(bias + j);
      if (mode & RECTIFY) value = value < 0 ? 0 : value;
      store<f32>(c + j, value);
    }
    tile += tileStride;
    c += stride;
  }
}

/** All rows against one panel of 8 or 4 columns. */
@inline
function sweep(
  wide: bool, packed: bool, m: i32, k: i32, a: usize, lda: usize, panel: usize, c: usize, ldc: usize, mode: i32, bias: usize,
): void {
  if (wide) {
    if (packed) packed8(m, k, a, lda, panel, c, ldc, mode, bias);
    else direct8(m, k, a, lda, panel, c, ldc, mode, bias);
  } else if (packed) packed4(m, k, a, lda, panel, c, ldc, mode, bias);
  else direct4(m, k, a, lda, panel, c, ldc, mode, bias);
}

/** The same for a panel that is cut off at the right edge: strip by strip through a whole tile. */
function sweepRagged(
  columns: i32, packed: bool, m: i32, k: i32, a: usize, lda: usize, panel: usize, c: usize, ldc: usize, mode: i32, bias: usize, tile: usize,
): void {
  const wide = columns > 4;
  const stride: usize = wide ? 32 : 16;
  while (m > 0) {
    const rows = m >= 4 ? 4 : 1;
    sweep(wide, packed, rows, k, a, lda, panel, tile, stride, 0, 0);
    storeRagged(rows, columns, tile, stride, c, ldc, mode, bias);
    a += <usize>rows * lda;
    c += <usize>rows * ldc;
    m -= rows;
  }
}

/** c = op(a) op(b) for one block of rows and inner length, panel by panel of b. */
function multiplyBlock(
  kind: i32, m: i32, n: i32, k: i32, a: usize, lda: usize, b: usize, ldb: usize, c: usize, ldc: usize, mode: i32, bias: usize, scratch: usize,
): void {
  const tile = scratch + PANEL_BYTES;
  const packed = (kind & TRANSPOSE_A) != 0;
  let left = a;
  let stride = lda;
  if (packed) {
    left = tile + TILE_BYTES;
    stride = <usize>k << 2;
    packStrips(m, k, a, lda, left);
  }
  for (let j = 0; j < n; j += 8) {
    const columns = min(n - j, 8);
    const width = columns > 4 ? 8 : 4;
    const at = <usize>j << 2;
    if (kind & TRANSPOSE_B) packRows(k, b + <usize>j * ldb, ldb, scratch, columns, width);
    else packColumns(k, b + at, ldb, scratch, columns, width);
    if (columns & 3) sweepRagged(columns, packed, m, k, left, stride, scratch, c + at, ldc, mode, bias + at, tile);
    else sweep(columns == 8, packed, m, k, left, stride, scratch, c + at, ldc, mode, bias + at);
  }
}

/**
 * c [m, n] = op(a) [m, k] op(b) [k, n], all dense and row-major; `kind` says which operand is stored transposed.
 * With ACCUMULATE c is added to; with BIAS [n] is added to every row; RECTIFY sets negative results to 0 (NaN stays).
 */
export function gemm(kind: i32, m: i32, n: i32, k: i32, a: usize, b: usize, c: usize, mode: i32, bias: usize, scratch: usize): void {
  const lda = <usize>(kind & TRANSPOSE_A ? m : k) << 2;
  const ldb = <usize>(kind & TRANSPOSE_B ? k : n) << 2;
  const ldc = <usize>n << 2;
  for (let p = 0; p < k; p += BLOCK) {
    const depth = min(k - p, BLOCK);
    const first = p == 0 ? mode & ACCUMULATE : ACCUMULATE;
    const last = p + depth == k ? mode & ~ACCUMULATE : 0;
    const bAt = b + (kind & TRANSPOSE_B ? <usize>p << 2 : <usize>p * ldb);
    for (let i = 0; i < m; i += BLOCK) {
      const aAt = a + (kind & TRANSPOSE_A ? <usize>p * lda + (<usize>i << 2) : <usize>i * lda + (<usize>p << 2));
      multiplyBlock(kind, min(m - i, BLOCK), n, depth, aAt, lda, bAt, ldb, c + <usize>i * ldc, ldc, first | last, bias, scratch);
    }
  }
}
