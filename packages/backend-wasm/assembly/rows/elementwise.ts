import { ARCTANH, EXP, LOG, LOGIT, SIGMOID, SOFTPLUS, SOFTPLUS_BACK, TANH } from "../codes/elementwise";
import { choose, madd, splat } from "../vector";
import { exp, expm1, log, log1p, sigmoid, softplus, tanh } from "../functions";
import { addToColumn, addToPart, gather, part, scatter } from "./lanes";
import { Step, adjointAt, read, setting, valueAt, wholeSetting, write } from "./step";

/** The settings are the curve's code (any other is leaky ReLU's), leaky ReLU's factor below 0, and its log. */
@inline
function factorOf(step: Step): v128 {
  return splat(setting(step, 1));
}

@inline
function logFactorOf(step: Step): v128 {
  return splat(setting(step, 2));
}

/** Where a curve has no value. */
function outsideOf(curve: i32, x: v128): v128 {
  return curve == LOG || curve == SOFTPLUS_BACK
    ? f32x4.le(x, splat(0))
    : curve == LOGIT
      ? v128.or(f32x4.le(x, splat(0)), f32x4.ge(x, splat(1)))
      : curve == ARCTANH
        ? f32x4.ge(f32x4.abs(x), splat(1))
        : splat(0);
}

/** It answers there as for this number. */
@inline
function innerOf(curve: i32): f32 {
  return curve == LOGIT ? 0.5 : curve == ARCTANH ? 0 : 1;
}

/** log(1 - e^-x) for x > 0: the logarithm of what rounding left, corrected by what it lost, or of expm1 where that keeps more digits. */
function logOneMinusExp(x: v128): v128 {
  const t = exp(f32x4.neg(x));
  const far = f32x4.gt(x, splat(0.6931471805599453));
  const u = choose(f32x4.sub(splat(1), t), f32x4.neg(expm1(f32x4.neg(x))), far);
  const lost = v128.and(f32x4.sub(f32x4.sub(splat(1), u), t), far);
  return f32x4.add(log(u), f32x4.div(lost, u));
}

/**
 * The log of the slope, without cancellation in the tails. By switch: of a chain of ifs that return, binaryen computes every branch
 * before it chooses.
 */
function logSlopeOf(curve: i32, step: Step, x: v128): v128 {
  const down = f32x4.neg(f32x4.abs(x));
  switch (curve) {
    case EXP: return x;
    case LOG: return f32x4.neg(log(x));
    case SIGMOID: return madd(splat(-2), softplus(down), down);
    case LOGIT: return f32x4.neg(f32x4.add(log(x), log1p(f32x4.neg(x))));
    case TANH: return f32x4.mul(splat(2), f32x4.sub(f32x4.add(splat(0.6931471805599453), down), softplus(f32x4.add(down, down))));
    case ARCTANH: return f32x4.neg(f32x4.add(log1p(x), log1p(f32x4.neg(x))));
    case SOFTPLUS: return f32x4.neg(softplus(f32x4.neg(x)));
    case SOFTPLUS_BACK: return f32x4.neg(logOneMinusExp(x));
    default: return v128.andnot(logFactorOf(step), f32x4.ge(x, splat(0)));
  }
}

/** The value; the way back shares its logarithms with the log of the slope. */
function valueOf(curve: i32, step: Step, x: v128, logSlope: v128): v128 {
  switch (curve) {
    case EXP: return exp(x);
    case LOG: return f32x4.neg(logSlope);
    case SIGMOID: return sigmoid(x);
    case LOGIT: return madd(splat(2), log(x), logSlope);
    case TANH: return tanh(x);
    case ARCTANH: return madd(splat(0.5), logSlope, log1p(x));
    case SOFTPLUS: return softplus(x);
    case SOFTPLUS_BACK: return f32x4.sub(x, logSlope);
    default: return choose(x, f32x4.mul(x, factorOf(step)), f32x4.ge(x, splat(0)));
  }
}

/** The derivative of the log of the slope. */
function bendOf(curve: i32, x: v128): v128 {
  const one = splat(1);
  switch (curve) {
    case EXP: return one;
    case LOG: return f32x4.div(splat(-1), x);
    case SIGMOID: return f32x4.neg(tanh(f32x4.mul(x, splat(0.5))));
    case LOGIT: return f32x4.sub(f32x4.div(one, f32x4.sub(one, x)), f32x4.div(one, x));
    case TANH: return f32x4.mul(splat(-2), tanh(x));
    case ARCTANH: return f32x4.div(f32x4.add(x, x), f32x4.mul(f32x4.sub(one, x), f32x4.add(one, x)));
    case SOFTPLUS: return sigmoid(f32x4.neg(x));
    case SOFTPLUS_BACK: return f32x4.div(splat(-1), expm1(x));
    default: return splat(0);
  }
}

/**
 * One curve on every number; the log-det is the sum of the logs of its slopes. A row with a number outside the support takes the
 * log-det -Infinity, and that number no gradient.
 */
export function elementwiseForward(step: Step, from: i32, to: i32): void {
  const curve = wholeSetting(step, 0);
  const bytes = <usize>read(step, 0).width << 2;
  for (let row = from; row < to; row += 4) {
    const count = min(to - row, 4);
    const x = valueAt(read(step, 0), row);
    const y = valueAt(write(step, 0), row);
    let total = splat(0);
    for (let at: usize = 0; at < bytes; at += 4) {
      const input = gather(x + at, bytes, count);
      const outside = outsideOf(curve, input);
      const inner = choose(splat(innerOf(curve)), input, outside);
      const logSlope = logSlopeOf(curve, step, inner);
      scatter(y + at, bytes, valueOf(curve, step, inner, logSlope), count);
      total = f32x4.add(total, choose(splat(-Infinity), logSlope, outside));
    }
    addToPart(step.logDet + (<usize>row << 2), total, count);
  }
}

export function elementwiseBackward(step: Step, from: i32, to: i32): void {
  const curve = wholeSetting(step, 0);
  const bytes = <usize>read(step, 0).width << 2;
  for (let row = from; row < to; row += 4) {
    const count = min(to - row, 4);
    const x = valueAt(read(step, 0), row);
    const dx = adjointAt(read(step, 0), row);
    const dy = adjointAt(write(step, 0), row);
    const dLogDet = part(step.dLogDet + (<usize>row << 2), count);
    for (let at: usize = 0; at < bytes; at += 4) {
      const input = gather(x + at, bytes, count);
      const outside = outsideOf(curve, input);
      const inner = choose(splat(innerOf(curve)), input, outside);
      const slope = exp(logSlopeOf(curve, step, inner));
      const d = madd(gather(dy + at, bytes, count), slope, f32x4.mul(dLogDet, bendOf(curve, inner)));
      addToColumn(dx + at, bytes, v128.andnot(d, outside), count);
    }
  }
}
