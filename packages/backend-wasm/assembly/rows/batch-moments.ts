import { madd, splat } from "../vector";
import { addToPart, part, putPart } from "./lanes";
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
    const mean = f32x4.div(sumOf(first, x.stride, count, to - from), n);
    const variance = f32x4.div(squaresAbout(mean, first, x.stride, count, to - from), n);
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

function sumOf(x: usize, stride: usize, count: i32, rows: i32): v128 {
  let total = splat(0);
  for (let i = 0; i < rows; i += BLOCK) {
    let sum = splat(0);
    for (let end = min(BLOCK, rows - i); end > 0; end--) {
      sum = f32x4.add(sum, part(x, count));
      x += stride;
    }
    total = f32x4.add(total, sum);
  }
  return total;
}

function squaresAbout(mean: v128, x: usize, stride: usize, count: i32, rows: i32): v128 {
  let total = splat(0);
  for (let i = 0; i < rows; i += BLOCK) {
    let sum = splat(0);
    for (let end = min(BLOCK, rows - i); end > 0; end--) {
      const distance = f32x4.sub(part(x, count), mean);
      sum = madd(distance, distance, sum);
      x += stride;
    }
    total = f32x4.add(total, sum);
  }
  return total;
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
    for (let row = from; row < to; row++) {
      const distance = f32x4.sub(part(valueAt(x, row) + at, count), mean);
      addToPart(adjointAt(x, row) + at, madd(dVariance, distance, dMean), count);
    }
  }
}
