import { arctan } from "../arctangent";
import { ARCTAN, SIGMOID, TANH } from "../codes/planar";
import { madd, splat } from "../vector";
import { log, sigmoid, softplus, tanh } from "../functions";
import { addSum, addToColumn, addToPart, gather, part, scatter } from "./lanes";
import { Step, adjointAt, param, read, setting, valueAt, wholeSetting, write } from "./step";

/** The settings are the code of the curve h, the reciprocal of its greatest slope, and the level with softplus(level) = that. */
@inline
function leastOf(step: Step): f32 {
  return setting(step, 1);
}

function curveAt(curve: i32, t: v128): v128 {
  switch (curve) {
    case TANH: return tanh(t);
    case SIGMOID: return sigmoid(t);
    case ARCTAN: return arctan(t);
    default: return softplus(t);
  }
}

function slopeAt(curve: i32, t: v128): v128 {
  switch (curve) {
    case TANH: return f32x4.sub(splat(1), squareOf(tanh(t)));
    case SIGMOID: return f32x4.mul(sigmoid(t), sigmoid(f32x4.neg(t)));
    case ARCTAN: return f32x4.div(splat(1), madd(t, t, splat(1)));
    default: return sigmoid(t);
  }
}

/** The derivative of the slope, as a factor of the slope. */
function bendAt(curve: i32, t: v128): v128 {
  switch (curve) {
    case TANH: return f32x4.mul(splat(-2), tanh(t));
    case SIGMOID: return f32x4.neg(tanh(f32x4.mul(t, splat(0.5))));
    case ARCTAN: return f32x4.div(f32x4.mul(splat(-2), t), madd(t, t, splat(1)));
    default: return sigmoid(f32x4.neg(t));
  }
}

/** 1 - slope / steepest, without cancellation. */
function flatnessAt(curve: i32, t: v128): v128 {
  switch (curve) {
    case TANH: return squareOf(tanh(t));
    case SIGMOID: return squareOf(tanh(f32x4.mul(t, splat(0.5))));
    case ARCTAN: return f32x4.div(squareOf(t), madd(t, t, splat(1)));
    default: return sigmoid(f32x4.neg(t));
  }
}

@inline
function squareOf(x: v128): v128 {
  return f32x4.mul(x, x);
}

@inline
function dot(a: usize, b: usize, bytes: usize): f32 {
  let sum: f32 = 0;
  for (let at: usize = 0; at < bytes; at += 4) sum += load<f32>(a + at) * load<f32>(b + at);
  return sum;
}

@inline
function first(v: v128): f32 {
  return f32x4.extract_lane(v, 0);
}

@inline
function bytesOf(step: Step): usize {
  return <usize>read(step, 0).width << 2;
}

/** w . u of the raw u. */
function rawOf(step: Step): f32 {
  return dot(param(step, 0).value, param(step, 1).value, bytesOf(step));
}

/** |w|^2, or 1 where it is 0. */
function lengthOf(step: Step): f32 {
  const length = dot(param(step, 1).value, param(step, 1).value, bytesOf(step));
  return length == 0 ? 1 : length;
}

@inline
function levelOf(step: Step): v128 {
  return splat(rawOf(step) + setting(step, 2));
}

/** How much of w is added to u. */
@inline
function liftOf(step: Step, gap: v128): v128 {
  return splat((first(gap) - leastOf(step) - rawOf(step)) / lengthOf(step));
}

@inline
function uAt(step: Step, at: usize, lift: v128): v128 {
  return madd(lift, wAt(step, at), v128.load32_splat(param(step, 0).value + at));
}

@inline
function wAt(step: Step, at: usize): v128 {
  return v128.load32_splat(param(step, 1).value + at);
}

/**
 * The planar map y = x + u-hat h(w . x + b) with log-det log(1 + h' w . u-hat); params u (raw), w, b.
 * gap = softplus(w . u + level) and u-hat = u + (gap - 1 / steepest - w . u) / |w|^2 w, so that w . u-hat = gap - 1 / steepest.
 * Source: Rezende and Mohamed (2015), eq. 10-12 and appendix A.1. https://arxiv.org/abs/1505.05770
 */
export function planarForward(step: Step, from: i32, to: i32): void {
  const gap = softplus(levelOf(step));
  const lift = liftOf(step, gap);
  for (let row = from; row < to; row += 4) fourForward(step, gap, lift, row, min(to - row, 4));
}

/** w . x + b of four rows. */
@inline
function alongOf(step: Step, x: usize, bytes: usize, count: i32): v128 {
  let t = v128.load32_splat(param(step, 2).value);
  for (let at: usize = 0; at < bytes; at += 4) t = madd(gather(x + at, bytes, count), wAt(step, at), t);
  return t;
}

@inline
function fourForward(step: Step, gap: v128, lift: v128, row: i32, count: i32): void {
  const bytes = bytesOf(step);
  const curve = wholeSetting(step, 0);
  const x = valueAt(read(step, 0), row);
  const y = valueAt(write(step, 0), row);
  const t = alongOf(step, x, bytes, count);
  const h = curveAt(curve, t);
  for (let at: usize = 0; at < bytes; at += 4)
    scatter(y + at, bytes, madd(uAt(step, at, lift), h, gather(x + at, bytes, count)), count);
  addToPart(step.logDet + (<usize>row << 2), log(madd(gap, slopeAt(curve, t), flatnessAt(curve, t))), count);
}

/** In the scratch: the gradient of the gap, and w times that of u-hat. */
export function planarBackward(step: Step, from: i32, to: i32): void {
  const gap = softplus(levelOf(step));
  const lift = liftOf(step, gap);
  store<f32>(step.scratch, 0);
  store<f32>(step.scratch, 0, 4);
  for (let row = from; row < to; row += 4) fourBackward(step, gap, lift, row, min(to - row, 4));
  unbend(step, first(lift), load<f32>(step.scratch), load<f32>(step.scratch, 4));
}

@inline
function fourBackward(step: Step, gap: v128, lift: v128, row: i32, count: i32): void {
  const bytes = bytesOf(step);
  const curve = wholeSetting(step, 0);
  const x = valueAt(read(step, 0), row);
  const dx = adjointAt(read(step, 0), row);
  const dy = adjointAt(write(step, 0), row);
  const t = alongOf(step, x, bytes, count);
  const h = curveAt(curve, t);
  const slope = slopeAt(curve, t);
  let dH = splat(0);
  let dyAlong = splat(0);
  for (let at: usize = 0; at < bytes; at += 4) {
    const d = gather(dy + at, bytes, count);
    dH = madd(d, uAt(step, at, lift), dH);
    dyAlong = madd(d, wAt(step, at), dyAlong);
  }
  const share = f32x4.div(part(step.dLogDet + (<usize>row << 2), count), madd(gap, slope, flatnessAt(curve, t)));
  const bend = f32x4.mul(bendAt(curve, t), f32x4.sub(gap, splat(leastOf(step))));
  const dt = f32x4.mul(slope, madd(share, bend, dH));
  for (let at: usize = 0; at < bytes; at += 4) {
    const d = gather(dy + at, bytes, count);
    const dU = f32x4.mul(d, h);
    addToColumn(dx + at, bytes, madd(dt, wAt(step, at), d), count);
    addSum(param(step, 0).adjoint + at, dU);
    addSum(param(step, 1).adjoint + at, madd(lift, dU, f32x4.mul(dt, gather(x + at, bytes, count))));
  }
  addSum(param(step, 2).adjoint, dt);
  addSum(step.scratch, f32x4.mul(share, slope));
  addSum(step.scratch + 4, f32x4.mul(dyAlong, h));
}

/** Leads the gradients of the gap and of the lift back to u and w. */
function unbend(step: Step, lift: f32, dGap: f32, dUAlong: f32): void {
  const dLift = dUAlong / lengthOf(step);
  const dRaw = (dGap + dLift) * first(sigmoid(levelOf(step))) - dLift;
  const dW = -(dLift + dLift) * lift;
  for (let at: usize = 0; at < bytesOf(step); at += 4) {
    const u = load<f32>(param(step, 0).value + at);
    const w = load<f32>(param(step, 1).value + at);
    const du = param(step, 0).adjoint + at;
    const dw = param(step, 1).adjoint + at;
    store<f32>(du, load<f32>(du) + dRaw * w);
    store<f32>(dw, load<f32>(dw) + dRaw * u + dW * w);
  }
}
