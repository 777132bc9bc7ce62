import { madd, splat } from "../vector";
import { exp, log, sigmoid, softplus } from "../functions";
import { addSum, addToColumn, addToPart, gather, part, scatter } from "./lanes";
import { Step, adjointAt, param, read, valueAt, write } from "./step";

/**
 * The radial map y = x + beta (x - center) / (alpha + r) with r = |x - center|; params center, log alpha, raw beta;
 * alpha + beta = softplus(raw beta), the gap. Log-det (n - 1) log((r + gap) / (alpha + r)) + log((r (r + 2 alpha) + alpha gap) / (alpha + r)^2).
 * Source: Rezende and Mohamed (2015), eq. 14 and appendix A.2. https://arxiv.org/abs/1505.05770
 */
export function radialForward(step: Step, from: i32, to: i32): void {
  const alpha = alphaOf(step);
  const gap = softplus(rawBetaOf(step));
  for (let row = from; row < to; row += 4) fourForward(step, alpha, gap, row, min(to - row, 4));
}

export function radialBackward(step: Step, from: i32, to: i32): void {
  const alpha = alphaOf(step);
  const gap = softplus(rawBetaOf(step));
  for (let row = from; row < to; row += 4) fourBackward(step, alpha, gap, row, min(to - row, 4));
}

@inline
function alphaOf(step: Step): v128 {
  return exp(v128.load32_splat(param(step, 1).value));
}

@inline
function rawBetaOf(step: Step): v128 {
  return v128.load32_splat(param(step, 2).value);
}

@inline
function awayAt(step: Step, x: usize, at: usize, bytes: usize, count: i32): v128 {
  return f32x4.sub(gather(x + at, bytes, count), v128.load32_splat(param(step, 0).value + at));
}

/** |x - center| of four rows. */
@inline
function distanceOf(step: Step, x: usize, bytes: usize, count: i32): v128 {
  let squares = splat(0);
  for (let at: usize = 0; at < bytes; at += 4) {
    const away = awayAt(step, x, at, bytes, count);
    squares = madd(away, away, squares);
  }
  return f32x4.sqrt(squares);
}

/** r (r + 2 alpha) + alpha gap */
@inline
function stretchOf(r: v128, alpha: v128, gap: v128): v128 {
  return madd(r, madd(splat(2), alpha, r), f32x4.mul(alpha, gap));
}

@inline
function fourForward(step: Step, alpha: v128, gap: v128, row: i32, count: i32): void {
  const bytes = <usize>read(step, 0).width << 2;
  const x = valueAt(read(step, 0), row);
  const y = valueAt(write(step, 0), row);
  const r = distanceOf(step, x, bytes, count);
  const far = f32x4.add(alpha, r);
  const factor = f32x4.div(f32x4.sub(gap, alpha), far);
  for (let at: usize = 0; at < bytes; at += 4)
    scatter(y + at, bytes, madd(factor, awayAt(step, x, at, bytes, count), gather(x + at, bytes, count)), count);
  const across = log(f32x4.div(f32x4.add(r, gap), far));
  const outward = log(f32x4.div(stretchOf(r, alpha, gap), f32x4.mul(far, far)));
  addToPart(step.logDet + (<usize>row << 2), madd(splat(<f32>(read(step, 0).width - 1)), across, outward), count);
}

@inline
function fourBackward(step: Step, alpha: v128, gap: v128, row: i32, count: i32): void {
  const width = read(step, 0).width;
  const bytes = <usize>width << 2;
  const x = valueAt(read(step, 0), row);
  const dx = adjointAt(read(step, 0), row);
  const dy = adjointAt(write(step, 0), row);
  const dLogDet = part(step.dLogDet + (<usize>row << 2), count);
  const r = distanceOf(step, x, bytes, count);
  const far = f32x4.add(alpha, r);
  const factor = f32x4.div(f32x4.sub(gap, alpha), far);
  let along = splat(0);
  for (let at: usize = 0; at < bytes; at += 4) along = madd(gather(dy + at, bytes, count), awayAt(step, x, at, bytes, count), along);
  along = f32x4.div(along, far);
  // What the log-det gives to r, alpha and the gap.
  const perStretch = f32x4.div(dLogDet, stretchOf(r, alpha, gap));
  const perGap = f32x4.div(f32x4.mul(dLogDet, splat(<f32>(width - 1))), f32x4.add(r, gap));
  const perFar = f32x4.div(f32x4.mul(dLogDet, splat(<f32>(width + 1))), far);
  const ofR = f32x4.sub(madd(perStretch, f32x4.add(far, far), perGap), madd(along, factor, perFar));
  const ofAlpha = f32x4.sub(f32x4.mul(perStretch, madd(splat(2), r, gap)), madd(along, f32x4.add(splat(1), factor), perFar));
  const ofGap = f32x4.add(madd(perStretch, alpha, perGap), along);
  // The root has no slope at the center.
  const perAway = v128.and(f32x4.div(ofR, r), f32x4.gt(r, splat(0)));
  for (let at: usize = 0; at < bytes; at += 4) {
    const d = gather(dy + at, bytes, count);
    const ofAway = madd(d, factor, f32x4.mul(perAway, awayAt(step, x, at, bytes, count)));
    addToColumn(dx + at, bytes, f32x4.add(d, ofAway), count);
    addSum(param(step, 0).adjoint + at, f32x4.neg(ofAway));
  }
  addSum(param(step, 1).adjoint, f32x4.mul(ofAlpha, alpha));
  addSum(param(step, 2).adjoint, f32x4.mul(ofGap, sigmoid(rawBetaOf(step))));
}
