import { splat } from "../vector";
import { BLOCK, COLUMN, addColumn, addProduct, addProductBackward, dotOfColumns, putColumn, scaleColumn, sumOfColumn, takeColumn } from "./block";
import { exp } from "../functions";
import { addSum, addToRows, sumOfRows } from "./lanes";
import { Operand, Step, adjointAt, param, read, setting, valueAt, wholeSetting, write } from "./step";

/**
 * The linear map x = P L (U + diag s) z + b with s = sign e^logScale, or its inverse by substitution; params lower and upper (the strict
 * triangles, row by row), logScale, shift; settings 1 for forward or 0 for inverse, the order of P (x[i] from row order[i]), the signs.
 * Log-det: the sum of logScale, negated in the inverse. Rows go block by block through the scratch.
 * Source: Kingma and Dhariwal (2018), Glow, eq. 10-11. https://arxiv.org/abs/1807.03039
 */
export function linearLUForward(step: Step, from: i32, to: i32): void {
  const forward = isForward(step);
  for (let row = from; row < to; row += BLOCK) {
    if (forward) multiply(step, row, min(to - row, BLOCK));
    else substitute(step, row, min(to - row, BLOCK));
  }
  let logDet: f32 = 0;
  for (let i = 0; i < widthOf(step); i++) logDet += load<f32>(logScaleOf(step).value + bytes(i));
  addToRows(step.logDet, forward ? logDet : -logDet, from, to);
}

/** In the scratch: z, v = (U + diag s) z, and the adjoint d on its way from one end to the other. */
export function linearLUBackward(step: Step, from: i32, to: i32): void {
  const forward = isForward(step);
  for (let row = from; row < to; row += BLOCK) {
    if (forward) multiplyBackward(step, row, min(to - row, BLOCK));
    else substituteBackward(step, row, min(to - row, BLOCK));
  }
  const dLogDet = sumOfRows(step.dLogDet, from, to);
  for (let i = 0; i < widthOf(step); i++) {
    const at = logScaleOf(step).adjoint + bytes(i);
    store<f32>(at, load<f32>(at) + (forward ? dLogDet : -dLogDet));
  }
}

@inline
function isForward(step: Step): bool {
  return wholeSetting(step, 0) != 0;
}

@inline
function widthOf(step: Step): i32 {
  return read(step, 0).width;
}

@inline
function lower(step: Step): Operand {
  return param(step, 0);
}

@inline
function upper(step: Step): Operand {
  return param(step, 1);
}

@inline
function logScaleOf(step: Step): Operand {
  return param(step, 2);
}

@inline
function shift(step: Step): Operand {
  return param(step, 3);
}

@inline
function bytes(count: i32): usize {
  return <usize>count << 2;
}

@inline
function columnAt(block: usize, i: i32): usize {
  return block + <usize>i * COLUMN;
}

/** The column that P brings to place i. */
@inline
function sourceAt(step: Step, block: usize, i: i32): usize {
  return columnAt(block, wholeSetting(step, 1 + i));
}

/** s_i for power 1, 1 / s_i for -1. */
@inline
function scaleAt(step: Step, i: i32, power: f32): v128 {
  const logScale = v128.load32_splat(logScaleOf(step).value + bytes(i));
  return f32x4.mul(splat(setting(step, 1 + widthOf(step) + i)), exp(f32x4.mul(splat(power), logScale)));
}

@inline
function shiftAt(step: Step, i: i32): v128 {
  return v128.load32_splat(shift(step).value + bytes(i));
}

/** Bytes before row i of the lower triangle; of the upper one of n rows. */
@inline
function lowerRow(i: i32): usize {
  return bytes((i * (i - 1)) >> 1);
}

@inline
function upperRow(i: i32, n: i32): usize {
  return bytes((i * (2 * n - i - 1)) >> 1);
}

/** Column i plus, or minus for sign -1, what the columns before it add through L. */
@inline
function addLower(step: Step, block: usize, i: i32, sign: f32): void {
  addProduct(columnAt(block, i), lower(step).value + lowerRow(i), block, i, splat(sign));
}

@inline
function addLowerBackward(step: Step, d: usize, values: usize, i: i32, sign: f32): void {
  const at = lowerRow(i);
  addProductBackward(columnAt(d, i), lower(step).value + at, lower(step).adjoint + at, values, d, i, splat(sign));
}

/** The same through U, from the columns after it. */
@inline
function addUpper(step: Step, block: usize, i: i32, sign: f32): void {
  const n = widthOf(step);
  addProduct(columnAt(block, i), upper(step).value + upperRow(i, n), columnAt(block, i + 1), n - 1 - i, splat(sign));
}

@inline
function addUpperBackward(step: Step, d: usize, values: usize, i: i32, sign: f32): void {
  const n = widthOf(step);
  const weights = upper(step).value + upperRow(i, n);
  const dWeights = upper(step).adjoint + upperRow(i, n);
  addProductBackward(columnAt(d, i), weights, dWeights, columnAt(values, i + 1), columnAt(d, i + 1), n - 1 - i, splat(sign));
}

/** v = (U + diag s) z in place: every column takes in only those that still hold z. */
function applyUpper(step: Step, block: usize): void {
  for (let i = 0; i < widthOf(step); i++) {
    scaleColumn(columnAt(block, i), scaleAt(step, i, 1));
    addUpper(step, block, i, 1);
  }
}

function takeRows(step: Step, block: usize, rows: usize, count: i32): void {
  const n = widthOf(step);
  for (let i = 0; i < n; i++) takeColumn(columnAt(block, i), rows + bytes(i), bytes(n), splat(0), count);
}

/** z to x. */
function multiply(step: Step, row: i32, count: i32): void {
  const n = widthOf(step);
  const block = step.scratch;
  takeRows(step, block, valueAt(read(step, 0), row), count);
  applyUpper(step, block);
  for (let i = n - 1; i > 0; i--) addLower(step, block, i, 1);
  const x = valueAt(write(step, 0), row);
  for (let i = 0; i < n; i++) putColumn(sourceAt(step, block, i), x + bytes(i), bytes(n), shiftAt(step, i), count);
}

/** x to z. */
function substitute(step: Step, row: i32, count: i32): void {
  const n = widthOf(step);
  const block = step.scratch;
  const x = valueAt(read(step, 0), row);
  const z = valueAt(write(step, 0), row);
  for (let i = 0; i < n; i++) takeColumn(sourceAt(step, block, i), x + bytes(i), bytes(n), shiftAt(step, i), count);
  for (let i = 1; i < n; i++) addLower(step, block, i, -1);
  for (let i = n - 1; i >= 0; i--) {
    addUpper(step, block, i, -1);
    scaleColumn(columnAt(block, i), scaleAt(step, i, -1));
    putColumn(columnAt(block, i), z + bytes(i), bytes(n), splat(0), count);
  }
}

/** z and v of the backward. */
function retrace(step: Step, z: usize, count: i32): void {
  const n = widthOf(step);
  takeRows(step, step.scratch, z, count);
  const v = columnAt(step.scratch, n);
  memory.copy(v, step.scratch, <usize>n * COLUMN);
  applyUpper(step, v);
}

function multiplyBackward(step: Step, row: i32, count: i32): void {
  const n = widthOf(step);
  retrace(step, valueAt(read(step, 0), row), count);
  const z = step.scratch;
  const v = columnAt(z, n);
  const d = columnAt(v, n);
  const dx = adjointAt(write(step, 0), row);
  for (let i = 0; i < n; i++) {
    takeColumn(sourceAt(step, d, i), dx + bytes(i), bytes(n), splat(0), count);
    addSum(shift(step).adjoint + bytes(i), sumOfColumn(sourceAt(step, d, i)));
  }
  for (let i = 1; i < n; i++) addLowerBackward(step, d, v, i, 1);
  for (let i = n - 1; i >= 0; i--) {
    addUpperBackward(step, d, z, i, 1);
    scaleColumn(columnAt(d, i), scaleAt(step, i, 1));
    addSum(logScaleOf(step).adjoint + bytes(i), dotOfColumns(columnAt(d, i), columnAt(z, i)));
  }
  const dz = adjointAt(read(step, 0), row);
  for (let i = 0; i < n; i++) addColumn(columnAt(d, i), dz + bytes(i), bytes(n), count);
}

function substituteBackward(step: Step, row: i32, count: i32): void {
  const n = widthOf(step);
  retrace(step, valueAt(write(step, 0), row), count);
  const z = step.scratch;
  const v = columnAt(z, n);
  const d = columnAt(v, n);
  takeRows(step, d, adjointAt(write(step, 0), row), count);
  for (let i = 0; i < n; i++) {
    addSum(logScaleOf(step).adjoint + bytes(i), f32x4.neg(dotOfColumns(columnAt(d, i), columnAt(z, i))));
    scaleColumn(columnAt(d, i), scaleAt(step, i, -1));
    addUpperBackward(step, d, z, i, -1);
  }
  for (let i = n - 1; i > 0; i--) addLowerBackward(step, d, v, i, -1);
  const dx = adjointAt(read(step, 0), row);
  for (let i = 0; i < n; i++) {
    addColumn(sourceAt(step, d, i), dx + bytes(i), bytes(n), count);
    addSum(shift(step).adjoint + bytes(i), f32x4.neg(sumOfColumn(sourceAt(step, d, i))));
  }
}
