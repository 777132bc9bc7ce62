import { GRADIENTS } from "./build";
import { byColumns4, byColumns8, byRows4, byRows8 } from "./tiles";
import { packColumns, packRows, packStrips } from "./pack";
import { SHALLOW, shallow } from "./shallow";
import { THIN, thinColumns, thinProducts, thinRows } from "./thin";

/** What happens to a tile before it is stored, in this order. */
export const ACCUMULATE: i32 = 1;
export const BIAS: i32 = 2;
export const RECTIFY: i32 = 4;
/** Where the rectified values at `bias`, laid out like c, are not above 0, c is 0: only for columns in whole vectors, more than THIN. */
export const WHERE_RISEN: i32 = 8;

export const TRANSPOSE_A: i32 = 1;
export const TRANSPOSE_B: i32 = 2;

/** Rows and inner length of a block: its left operand fits in the second-level cache, a panel in the first. */
const BLOCK: i32 = 256;
const PANEL_BYTES: usize = 256 * 8 * 4;
const TILE_BYTES: usize = 4 * 8 * 4;
/** An operand of at most so many bytes stays in the first-level cache: it is read where it lies. */
const SMALL: usize = 32768;

/** Bytes that `gemm` needs as scratch. */
export function gemmScratchBytes(): i32 {
  return <i32>(PANEL_BYTES + TILE_BYTES) + BLOCK * (BLOCK + 4) * 4;
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
  wide: bool, columns: bool, m: i32, k: i32, a: usize, lda: usize, strip: usize, next: usize, panel: usize, ldp: usize, c: usize, ldc: usize, mode: i32, bias: usize,
): void {
  if (wide) {
    if (columns) byColumns8(m, k, a, lda, strip, next, panel, ldp, c, ldc, mode, bias);
    else byRows8(m, k, a, lda, strip, next, panel, ldp, c, ldc, mode, bias);
  } else if (columns) byColumns4(m, k, a, lda, strip, next, panel, ldp, c, ldc, mode, bias);
  else byRows4(m, k, a, lda, strip, next, panel, ldp, c, ldc, mode, bias);
}

/** The same for a panel that is cut off at the right edge: strip by strip through a whole tile. */
function sweepRagged(
  width: i32, columns: bool, m: i32, k: i32, a: usize, lda: usize, strip: usize, next: usize, panel: usize, c: usize, ldc: usize, mode: i32, bias: usize, tile: usize,
): void {
  const wide = width > 4;
  const stride: usize = wide ? 32 : 16;
  while (m > 0) {
    const rows = m >= 4 ? 4 : 1;
    sweep(wide, columns, rows, k, a, lda, strip, next, panel, stride, tile, stride, 0, 0);
    storeRagged(rows, width, tile, stride, c, ldc, mode, bias);
    a += rows == 4 ? strip : next;
    c += <usize>rows * ldc;
    m -= rows;
  }
}

/** c = op(a) op(b) for one block of rows and inner length, panel by panel of b. */
function multiplyBlock(
  kind: i32, m: i32, n: i32, k: i32, a: usize, lda: usize, b: usize, ldb: usize, c: usize, ldc: usize, mode: i32, bias: usize, scratch: usize,
): void {
  const tile = scratch + PANEL_BYTES;
  const columns = (kind & TRANSPOSE_A) != 0;
  let left = a;
  let along = lda;
  let strip: usize = columns ? 16 : 4 * lda;
  const next: usize = columns ? 4 : lda;
  if (columns && <usize>k * lda > SMALL) {
    left = tile + TILE_BYTES;
    packStrips(m, k, a, lda, left);
    along = 16;
    strip = <usize>k << 4;
  }
  const inPlace = (kind & TRANSPOSE_B) == 0 && <usize>k * ldb <= SMALL;
  for (let j = 0; j < n; j += 8) {
    const width = min(n - j, 8);
    const at = <usize>j << 2;
    const ragged = (width & 3) != 0;
    const panelWidth = width > 4 ? 8 : 4;
    const packs = ragged || !inPlace;
    if (packs) {
      if (kind & TRANSPOSE_B) packRows(k, b + <usize>j * ldb, ldb, scratch, width, panelWidth);
      else packColumns(k, b + at, ldb, scratch, width, panelWidth);
    }
    if (ragged) sweepRagged(width, columns, m, k, left, along, strip, next, scratch, c + at, ldc, mode, bias + at, tile);
    else {
      const panel = packs ? scratch : b + at;
      const ldp: usize = packs ? <usize>panelWidth << 2 : ldb;
      sweep(width == 8, columns, m, k, left, along, strip, next, panel, ldp, c + at, ldc, mode, bias + at);
    }
  }
}

/**
 * c [m, n] = op(a) [m, k] op(b) [k, n], all dense and row-major; `kind` says which operand is stored transposed.
 * With ACCUMULATE c is added to; with BIAS [n] is added to every row; RECTIFY sets negative results to 0 (NaN stays); for WHERE_RISEN
 * see there.
 */
export function gemm(kind: i32, m: i32, n: i32, k: i32, a: usize, b: usize, c: usize, mode: i32, bias: usize, scratch: usize): void {
  const lda = <usize>(kind & TRANSPOSE_A ? m : k) << 2;
  const ldb = <usize>(kind & TRANSPOSE_B ? k : n) << 2;
  const ldc = <usize>n << 2;
  if (k <= SHALLOW && (n & 7) == 0 && ((kind & TRANSPOSE_A) | (mode & ACCUMULATE)) == 0)
    return shallow((kind & TRANSPOSE_B) != 0, m, n, k, a, lda, b, ldb, c, ldc, mode, bias);
  if (k <= BLOCK) {
    // A result of few rows or columns: tiles would compute mostly padding.
    if (GRADIENTS && kind == TRANSPOSE_A && n <= THIN && mode == ACCUMULATE) return thinColumns(m, n, k, a, lda, b, ldb, c, ldc);
    if (GRADIENTS && kind == TRANSPOSE_A && m <= THIN && mode == ACCUMULATE) return thinRows(m, n, k, a, lda, b, ldb, c, ldc);
    if (n <= THIN && (kind & TRANSPOSE_A) == 0 && k >= 8)
      return thinProducts((kind & TRANSPOSE_B) != 0, m, n, k, a, lda, b, ldb, c, ldc, mode, bias, scratch);
  }
  for (let p = 0; p < k; p += BLOCK) {
    const depth = min(k - p, BLOCK);
    const first = p == 0 ? mode & ACCUMULATE : ACCUMULATE;
    const last = p + depth == k ? mode & ~ACCUMULATE : 0;
    const bAt = b + (kind & TRANSPOSE_B ? <usize>p << 2 : <usize>p * ldb);
    for (let i = 0; i < m; i += BLOCK) {
      const aAt = a + (kind & TRANSPOSE_A ? <usize>p * lda + (<usize>i << 2) : <usize>i * lda + (<usize>p << 2));
      multiplyBlock(kind, min(m - i, BLOCK), n, depth, aAt, lda, bAt, ldb, c + <usize>i * ldc, ldc, first | last, mode & WHERE_RISEN ? bias + <usize>i * ldc : bias, scratch);
    }
  }
}
