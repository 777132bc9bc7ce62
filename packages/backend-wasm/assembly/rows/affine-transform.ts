import { exp, tanh } from "../functions";
import { madd, splat } from "../vector";
import { addToColumn, addToPart, gather, part, scatter } from "./lanes";
import { Step, adjointAt, read, setting, valueAt, wholeSetting, write } from "./step";

/**
 * The affine map of a coupling; reads x and raw = [shifts | raw scales]; settings 1 for forward or 0 for inverse, and the clamp.
 * logScale = clamp tanh(rawScale / clamp), or rawScale itself for clamp 0. Forward y = x e^logScale + shift,
 * inverse y = (x - shift) e^-logScale. Log-det: the sum of logScale, negated in the inverse.
 */
export function affineTransformForward(step: Step, from: i32, to: i32): void {
  const forward = wholeSetting(step, 0) != 0;
  const clamp = setting(step, 1);
  for (let row = from; row < to; row += 4) fourForward(step, forward, clamp, row, min(to - row, 4));
}

export function affineTransformBackward(step: Step, from: i32, to: i32): void {
  const forward = wholeSetting(step, 0) != 0;
  const clamp = setting(step, 1);
  for (let row = from; row < to; row += 4) fourBackward(step, forward, clamp, row, min(to - row, 4));
}

@inline
function bentOf(rawScale: v128, clamp: f32): v128 {
  return clamp > 0 ? tanh(f32x4.div(rawScale, splat(clamp))) : rawScale;
}

@inline
function logScaleOf(bent: v128, clamp: f32): v128 {
  return clamp > 0 ? f32x4.mul(bent, splat(clamp)) : bent;
}

@inline
function fourForward(step: Step, forward: bool, clamp: f32, row: i32, count: i32): void {
  const bytes = <usize>read(step, 0).width << 2;
  const x = valueAt(read(step, 0), row);
  const shift = valueAt(read(step, 1), row);
  const rawScale = shift + bytes;
  const y = valueAt(write(step, 0), row);
  let total = splat(0);
  for (let at: usize = 0; at < bytes; at += 4) {
    const logScale = logScaleOf(bentOf(gather(rawScale + at, 2 * bytes, count), clamp), clamp);
    const input = gather(x + at, bytes, count);
    const offset = gather(shift + at, 2 * bytes, count);
    const value = forward ? madd(input, exp(logScale), offset) : f32x4.mul(f32x4.sub(input, offset), exp(f32x4.neg(logScale)));
    scatter(y + at, bytes, value, count);
    total = f32x4.add(total, logScale);
  }
  addToPart(step.logDet + (<usize>row << 2), forward ? total : f32x4.neg(total), count);
}

@inline
function fourBackward(step: Step, forward: bool, clamp: f32, row: i32, count: i32): void {
  const bytes = <usize>read(step, 0).width << 2;
  const x = valueAt(read(step, 0), row);
  const shift = valueAt(read(step, 1), row);
  const dx = adjointAt(read(step, 0), row);
  const dShift = adjointAt(read(step, 1), row);
  const dy = adjointAt(write(step, 0), row);
  const dLogDet = part(step.dLogDet + (<usize>row << 2), count);
  for (let at: usize = 0; at < bytes; at += 4) {
    const bent = bentOf(gather(shift + bytes + at, 2 * bytes, count), clamp);
    const logScale = logScaleOf(bent, clamp);
    const d = gather(dy + at, bytes, count);
    const gain = f32x4.mul(d, exp(forward ? logScale : f32x4.neg(logScale)));
    const input = gather(x + at, bytes, count);
    const moved = forward ? input : f32x4.sub(input, gather(shift + at, 2 * bytes, count));
    const dLogScale = madd(moved, gain, dLogDet);
    const dBent = clamp > 0 ? f32x4.mul(dLogScale, f32x4.sub(splat(1), f32x4.mul(bent, bent))) : dLogScale;
    addToColumn(dx + at, bytes, gain, count);
    addToColumn(dShift + at, 2 * bytes, forward ? d : f32x4.neg(gain), count);
    addToColumn(dShift + bytes + at, 2 * bytes, forward ? dBent : f32x4.neg(dBent), count);
  }
}
