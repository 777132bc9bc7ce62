import { transposeInto } from "./pack";

/** y [columns, rows] = x [rows, columns] transposed. */
export function transpose(x: usize, y: usize, rows: i32, columns: i32): void {
  transposeInto(rows, columns, x, <usize>columns << 2, y, <usize>rows << 2);
}

/** Copies `rows` runs of `bytes` (a multiple of 4); strides in bytes. */
export function copyRows(from: usize, to: usize, rows: i32, bytes: i32, fromStride: i32, toStride: i32): void {
  for (let i = 0; i < rows; i++) {
    // memory.copy is a call out of wasm: dearer than a loop where the run is short.
    if (bytes > 64) memory.copy(to, from, bytes);
    else for (let j = 0; j < bytes; j += 4) store<f32>(to + j, load<f32>(from + j));
    from += fromStride;
    to += toStride;
  }
}

export function fillZero(p: usize, bytes: i32): void {
  memory.fill(p, 0, bytes);
}
