import { splat } from "../vector";
import { BLOCK, COLUMN, addColumn, addProduct, dotOfColumns, putColumn, scaleColumn, takeColumn } from "./block";
import { addSum } from "./lanes";
import { Step, adjointAt, param, read, valueAt, wholeSetting, write } from "./step";

/**
 * Reflections one after the other, y = x - 2 (v . x) v / |v|^2 for each row v of the parameter [reflections, width]; setting 1 for forward,
 * 0 for inverse, which takes the last one first. It keeps volumes. Rows go block by block through the scratch.
 * Source: Tomczak and Welling (2016), eq. 5-7. https://arxiv.org/abs/1611.09630
 */
export function householderForward(step: Step, from: i32, to: i32): void {
  const n = read(step, 0).width;
  const block = step.scratch;
  const share = columnAt(block, n);
  for (let row = from; row < to; row += BLOCK) {
    const count = min(to - row, BLOCK);
    takeRows(step, block, valueAt(read(step, 0), row), count);
    for (let k = 0; k < reflectionsOf(step); k++) {
      const v = vectorAt(step, k, false);
      shareOf(v, block, share, n);
      addShare(v, block, share, n);
    }
    const y = valueAt(write(step, 0), row);
    for (let i = 0; i < n; i++) putColumn(columnAt(block, i), y + bytes(i), bytes(n), splat(0), count);
  }
}

/** A reflection undoes itself: the backward walks back from y, and keeps nothing. */
export function householderBackward(step: Step, from: i32, to: i32): void {
  const n = read(step, 0).width;
  const block = step.scratch;
  const share = columnAt(block, n);
  const d = columnAt(block, n + 1);
  const given = columnAt(d, n);
  for (let row = from; row < to; row += BLOCK) {
    const count = min(to - row, BLOCK);
    takeRows(step, block, valueAt(write(step, 0), row), count);
    takeRows(step, d, adjointAt(write(step, 0), row), count);
    for (let k = 0; k < reflectionsOf(step); k++) {
      const v = vectorAt(step, k, true);
      shareOf(v, block, share, n);
      shareOf(v, d, given, n);
      const dv = param(step, 0).adjoint + (v - param(step, 0).value);
      for (let i = 0; i < n; i++) {
        const gain = dotOfColumns(given, columnAt(block, i));
        addSum(dv + bytes(i), f32x4.sub(gain, dotOfColumns(share, columnAt(d, i))));
      }
      addShare(v, block, share, n);
      addShare(v, d, given, n);
    }
    const dx = adjointAt(read(step, 0), row);
    for (let i = 0; i < n; i++) addColumn(columnAt(d, i), dx + bytes(i), bytes(n), count);
  }
}

@inline
function bytes(count: i32): usize {
  return <usize>count << 2;
}

@inline
function columnAt(block: usize, i: i32): usize {
  return block + <usize>i * COLUMN;
}

@inline
function reflectionsOf(step: Step): i32 {
  return param(step, 0).width / read(step, 0).width;
}

/** The vector that rows meet as number k on their way, or on the way back. */
@inline
function vectorAt(step: Step, k: i32, back: bool): usize {
  const forward = wholeSetting(step, 0) != 0;
  const index = forward == back ? reflectionsOf(step) - 1 - k : k;
  return param(step, 0).value + bytes(index * read(step, 0).width);
}

function takeRows(step: Step, block: usize, rows: usize, count: i32): void {
  const n = read(step, 0).width;
  for (let i = 0; i < n; i++) takeColumn(columnAt(block, i), rows + bytes(i), bytes(n), splat(0), count);
}

/** share = -2 (v . row) / |v|^2 for each row of the block. */
function shareOf(v: usize, block: usize, share: usize, n: i32): void {
  let length: f32 = 0;
  for (let i = 0; i < n; i++) length += load<f32>(v + bytes(i)) * load<f32>(v + bytes(i));
  memory.fill(share, 0, COLUMN);
  addProduct(share, v, block, n, splat(1));
  scaleColumn(share, splat(-2 / length));
}

/** row += share v */
function addShare(v: usize, block: usize, share: usize, n: i32): void {
  for (let i = 0; i < n; i++) addProduct(columnAt(block, i), v + bytes(i), share, 1, splat(1));
}
