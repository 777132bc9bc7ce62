import { exp, log } from "../functions";
import { madd, splat, sumOfLanes } from "../vector";
import { addToPart, addToRows, folded, part, putPart, repeated, rowsAVector, sumOfRows } from "./lanes";
import { Step, adjointAt, param, read, setting, valueAt, wholeSetting, write } from "./step";

/**
 * Batch normalisation of each column with sd = sqrt(variance + epsilon): inverse (data to noise)
 * y = (x - mean) / sd e^logScale + shift, forward y = (x - shift) e^-logScale sd + mean; the log-det is its slope's.
 * Reads x and, while training, the batch's mean and variance (a shared row each); params shift, logScale, running mean, running variance;
 * settings 1 for forward or 0 for inverse, and epsilon.
 * Source: Dinh, Sohl-Dickstein and Bengio (2017), Density estimation using Real NVP, section 3.7. https://arxiv.org/abs/1605.08803
 */
export function standardiseForward(step: Step, from: i32, to: i32): void {
  const width = read(step, 0).width;
  const forward = wholeSetting(step, 0) != 0;
  let total: f32 = 0;
  for (let j = 0; j < width; j += 4) total += columnsForward(step, forward, j, min(width - j, 4), from, to);
  addToRows(step.logDet, forward ? -total : total, from, to);
}

@inline
function meanAt(step: Step, at: usize, count: i32): v128 {
  return part((step.reads > 1 ? read(step, 1).value : param(step, 2).value) + at, count);
}

/** Epsilon included; 1 in the lanes that have no column, so that they add nothing to the log-det. */
@inline
function varianceAt(step: Step, at: usize, count: i32): v128 {
  const variance = f32x4.add(part((step.reads > 1 ? read(step, 2).value : param(step, 3).value) + at, count), splat(setting(step, 1)));
  if (count == 4) return variance;
  let padded = f32x4.replace_lane(variance, 3, 1);
  if (count < 3) padded = f32x4.replace_lane(padded, 2, 1);
  return count < 2 ? f32x4.replace_lane(padded, 1, 1) : padded;
}

/** The log of the slope from data to noise. */
@inline
function logGainAt(step: Step, at: usize, count: i32): v128 {
  const half = f32x4.mul(log(varianceAt(step, at, count)), splat(0.5));
  return f32x4.sub(part(param(step, 1).value + at, count), half);
}

/** The four columns from j; gives the sum of their log-slopes from data to noise. */
function columnsForward(step: Step, forward: bool, j: i32, count: i32, from: i32, to: i32): f32 {
  const at = <usize>j << 2;
  const logGain = logGainAt(step, at, count);
  const mean = meanAt(step, at, count);
  const shift = part(param(step, 0).value + at, count);
  const gain = exp(forward ? f32x4.neg(logGain) : logGain);
  const out = forward ? shift : mean;
  const into = forward ? mean : shift;
  const width = read(step, 0).width;
  const stride = read(step, 0).stride;
  let x = valueAt(read(step, 0), from) + at;
  let y = valueAt(write(step, 0), from) + at;
  let row = from;
  if (width <= 2) {
    const manyOut = repeated(out, width), manyGain = repeated(gain, width), manyInto = repeated(into, width);
    for (const many = rowsAVector(width); row + many <= to; row += many) {
      v128.store(y, madd(f32x4.sub(v128.load(x), manyOut), manyGain, manyInto));
      x += 16;
      y += 16;
    }
  }
  for (; row < to; row++) {
    putPart(y, madd(f32x4.sub(part(x, count), out), gain, into), count);
    x += stride;
    y += stride;
  }
  return sumOfLanes(logGain);
}

export function standardiseBackward(step: Step, from: i32, to: i32): void {
  const width = read(step, 0).width;
  const dLogDet = sumOfRows(step.dLogDet, from, to);
  for (let j = 0; j < width; j += 4) columnsBackward(step, wholeSetting(step, 0) != 0, j, min(width - j, 4), from, to, dLogDet);
}

function columnsBackward(step: Step, forward: bool, j: i32, count: i32, from: i32, to: i32, dLogDet: f32): void {
  const at = <usize>j << 2;
  const x = read(step, 0);
  const y = write(step, 0);
  const logGain = logGainAt(step, at, count);
  const gain = exp(forward ? f32x4.neg(logGain) : logGain);
  const out = forward ? part(param(step, 0).value + at, count) : meanAt(step, at, count);
  let sum = splat(0);
  let product = splat(0);
  let row = from;
  if (x.width <= 2) {
    const manyOut = repeated(out, x.width), manyGain = repeated(gain, x.width);
    for (const many = rowsAVector(x.width); row + many <= to; row += many) {
      const dy = v128.load(adjointAt(y, row));
      const dx = adjointAt(x, row);
      v128.store(dx, madd(dy, manyGain, v128.load(dx)));
      sum = f32x4.add(sum, dy);
      product = madd(dy, f32x4.sub(v128.load(valueAt(x, row)), manyOut), product);
    }
    sum = folded(sum, x.width);
    product = folded(product, x.width);
  }
  for (; row < to; row++) {
    const dy = part(adjointAt(y, row) + at, count);
    addToPart(adjointAt(x, row) + at, f32x4.mul(dy, gain), count);
    sum = f32x4.add(sum, dy);
    product = madd(dy, f32x4.sub(part(valueAt(x, row) + at, count), out), product);
  }
  const dOut = f32x4.neg(f32x4.mul(sum, gain));
  const slope = madd(product, gain, splat(dLogDet));
  const dLogGain = forward ? f32x4.neg(slope) : slope;
  addToPart(param(step, 0).adjoint + at, forward ? dOut : sum, count);
  addToPart(param(step, 1).adjoint + at, dLogGain, count);
  if (step.reads == 1) return;
  addToPart(read(step, 1).adjoint + at, forward ? sum : dOut, count);
  const dVariance = f32x4.div(f32x4.mul(dLogGain, splat(-0.5)), varianceAt(step, at, count));
  addToPart(read(step, 2).adjoint + at, dVariance, count);
}
