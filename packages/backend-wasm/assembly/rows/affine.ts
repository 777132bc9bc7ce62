import { exp } from "../functions";
import { madd, splat, sumOfLanes } from "../vector";
import { addToPart, addToRows, part, putPart, sumOfRows } from "./lanes";
import { Operand, Step, adjointAt, param, read, settings, valueAt, wholeSetting, write } from "./step";

/**
 * One shift and scale a column; params shift, logScale; settings 1 for forward, y = sign x e^logScale + shift, or 0 for inverse,
 * y = sign (x - shift) e^-logScale, and the signs. Log-det: the sum of logScale, negated in the inverse.
 */
export function affineForward(step: Step, from: i32, to: i32): void {
  const width = read(step, 0).width;
  const forward = wholeSetting(step, 0) != 0;
  let total: f32 = 0;
  for (let j = 0; j < width; j += 4) total += columnsForward(step, forward, j, min(width - j, 4), from, to);
  addToRows(step.logDet, forward ? total : -total, from, to);
}

/** The four columns from j; gives the sum of their log-scales. */
function columnsForward(step: Step, forward: bool, j: i32, count: i32, from: i32, to: i32): f32 {
  const at = <usize>j << 2;
  const shift = part(param(step, 0).value + at, count);
  const logScale = part(param(step, 1).value + at, count);
  const gain = gainOf(step, logScale, forward, at, count);
  // Both ways as x gain + offset.
  const offset = forward ? shift : splat(0);
  const out = forward ? splat(0) : shift;
  const stride = read(step, 0).stride;
  let x = valueAt(read(step, 0), from) + at;
  let y = valueAt(write(step, 0), from) + at;
  for (let row = from; row < to; row++) {
    putPart(y, madd(f32x4.sub(part(x, count), out), gain, offset), count);
    x += stride;
    y += stride;
  }
  return sumOfLanes(logScale);
}

export function affineBackward(step: Step, from: i32, to: i32): void {
  const width = read(step, 0).width;
  const dLogDet = sumOfRows(step.dLogDet, from, to);
  for (let j = 0; j < width; j += 4) columnsBackward(step, wholeSetting(step, 0) != 0, j, min(width - j, 4), from, to, dLogDet);
}

function columnsBackward(step: Step, forward: bool, j: i32, count: i32, from: i32, to: i32, dLogDet: f32): void {
  const at = <usize>j << 2;
  const x: Operand = read(step, 0);
  const gain = gainOf(step, part(param(step, 1).value + at, count), forward, at, count);
  const out = forward ? splat(0) : part(param(step, 0).value + at, count);
  let sum = splat(0);
  let product = splat(0);
  for (let row = from; row < to; row++) {
    const dy = part(adjointAt(write(step, 0), row) + at, count);
    addToPart(adjointAt(x, row) + at, f32x4.mul(dy, gain), count);
    sum = f32x4.add(sum, dy);
    product = madd(dy, f32x4.sub(part(valueAt(x, row) + at, count), out), product);
  }
  const dScale = madd(product, gain, splat(dLogDet));
  addToPart(param(step, 0).adjoint + at, forward ? sum : f32x4.neg(f32x4.mul(sum, gain)), count);
  addToPart(param(step, 1).adjoint + at, forward ? dScale : f32x4.neg(dScale), count);
}

@inline
function gainOf(step: Step, logScale: v128, forward: bool, at: usize, count: i32): v128 {
  const signs = part(settings(step) + 4 + at, count);
  return f32x4.mul(signs, exp(forward ? logScale : f32x4.neg(logScale)));
}
