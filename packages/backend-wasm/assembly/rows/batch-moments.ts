import { madd, splat } from "../vector";
import { addToPart, folded, part, putPart, repeated, rowsAVector } from "./lanes";
import { Step, adjointAt, param, read, setting, valueAt, write } from "./step";

/** Rows that one accumulator takes before it is added to the next level: keeps rounding near log n. */
const BLOCK: i32 = 64;

/**
 * A barrier: mean and variance (divisor n) of each column over all rows, and the running ones after it; setting: momentum.
 * Reads x; params running mean, running variance; writes new running mean, new running variance, mean, variance, one shared row each.
 * The variance is summed in a second pass, about the mean: x^2 - mean^2 cancels.
 * Source: Ioffe and Szegedy (2015), Batch Normalization, algorithm 1. https://arxiv.org/abs/1502.03167
 */
export function batchMomentsForward(step: Step, from: i32, to: i32): void {
  const x = read(step, 0);
  const n = splat(<f32>(to - from));
  for (let j = 0; j < x.width; j += 4) {
    const count = min(x.width - j, 4);
    const at = <usize>j << 2;
    const first = valueAt(x, from) + at;
    const mean = f32x4.div(sumOf(first, x.stride, x.width, count, to - from), n);
    const variance = f32x4.div(squaresAbout(mean, first, x.stride, x.width, count, to - from), n);
    putPart(write(step, 0).value + at, blended(part(param(step, 0).value + at, count), mean, setting(step, 0)), count);
    putPart(write(step, 1).value + at, blended(part(param(step, 1).value + at, count), variance, setting(step, 0)), count);
    putPart(write(step, 2).value + at, mean, count);
    putPart(write(step, 3).value + at, variance, count);
  }
}

@inline
function blended(old: v128, now: v128, momentum: f32): v128 {
  return f32x4.add(f32x4.mul(old, splat(1 - momentum)), f32x4.mul(now, splat(momentum)));
}

/** The sum of x - centre over the rows, or of its square. */
@inline
function sumAbout(centre: v128, squared: bool, x: usize, stride: usize, width: i32, count: i32, rows: i32): v128 {
  let total = splat(0);
  if (width <= 2) {
    const many = rowsAVector(width);
    const manyCentre = repeated(centre, width);
    while (rows >= many) {
      let sum = splat(0);
      for (let end = min(BLOCK, rows / many); end > 0; end--) {
        sum = added(sum, f32x4.sub(v128.load(x), manyCentre), squared);
        x += 16;
        rows -= many;
      }
      total = f32x4.add(total, sum);
    }
    total = folded(total, width);
  }
  while (rows > 0) {
    let sum = splat(0);
    for (let end = min(BLOCK, rows); end > 0; end--) {
      sum = added(sum, f32x4.sub(part(x, count), centre), squared);
      x += stride;
      rows--;
    }
    total = f32x4.add(total, sum);
  }
  return total;
}

@inline
function added(sum: v128, v: v128, squared: bool): v128 {
  return squared ? madd(v, v, sum) : f32x4.add(sum, v);
}

function sumOf(x: usize, stride: usize, width: i32, count: i32, rows: i32): v128 {
  return sumAbout(splat(0), false, x, stride, width, count, rows);
}

function squaresAbout(mean: v128, x: usize, stride: usize, width: i32, count: i32, rows: i32): v128 {
  return sumAbout(mean, true, x, stride, width, count, rows);
}

/** dx += (dMean + 2 dVariance (x - mean)) / n, for the rows from..to of all n. */
export function batchMomentsBackward(step: Step, from: i32, to: i32): void {
  const x = read(step, 0);
  const share = splat(1 / <f32>step.rows);
  for (let j = 0; j < x.width; j += 4) {
    const count = min(x.width - j, 4);
    const at = <usize>j << 2;
    const mean = part(write(step, 2).value + at, count);
    const dMean = f32x4.mul(part(write(step, 2).adjoint + at, count), share);
    const dVariance = f32x4.mul(f32x4.mul(part(write(step, 3).adjoint + at, count), share), splat(2));
    let row = from;
    if (x.width <= 2) {
      const manyMean = repeated(mean, x.width), manyDMean = repeated(dMean, x.width), manyDVariance = repeated(dVariance, x.width);
      for (const many = rowsAVector(x.width); row + many <= to; row += many) {
        const dx = adjointAt(x, row);
        const distance = f32x4.sub(v128.load(valueAt(x, row)), manyMean);
        v128.store(dx, f32x4.add(v128.load(dx), madd(manyDVariance, distance, manyDMean)));
      }
    }
    for (; row < to; row++) {
      const distance = f32x4.sub(part(valueAt(x, row) + at, count), mean);
      addToPart(adjointAt(x, row) + at, madd(dVariance, distance, dMean), count);
    }
  }
}
