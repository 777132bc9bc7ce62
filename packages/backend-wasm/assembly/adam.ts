import { loadPart, madd, splat, storePart, sumOfLanes } from "./vector";

/** Sum of squares: four lanes over 64 numbers, those sums in float64. */
function sumSquares(x: usize, n: i32): f64 {
  let total: f64 = 0;
  let i = 0;
  while (i + 4 <= n) {
    let sum = splat(0);
    for (const end = min(i + 64, n - 3); i < end; i += 4) {
      const v = v128.load(x);
      sum = madd(v, v, sum);
      x += 16;
    }
    total += <f64>sumOfLanes(sum);
  }
  for (; i < n; i++) {
    const v = <f64>load<f32>(x);
    total += v * v;
    x += 4;
  }
  return total;
}

/** What `squares` reads, and where a part's sum goes: 8 bytes from the start. */
@unmanaged
class Squares {
  x: usize;
  sum: f64;
}

/** The sum of squares of the numbers from..to, as a call of a command buffer. */
export function squares(call: Squares, from: i32, to: i32): void {
  call.sum = sumSquares(call.x + (<usize>from << 2), to - from);
}

/** What one update reads and writes; `decayed` is 0 where there is no weight decay. */
@unmanaged
class Update {
  value: usize;
  gradient: usize;
  m: usize;
  s: usize;
  decayed: usize;
  newValue: usize;
  newM: usize;
  newS: usize;
  /** Factor of the gradient, learningRate / correction1, 1 / correction2 and learningRate * weightDecay. */
  shrink: f32;
  rate: f32;
  inverseCorrection: f32;
  decay: f32;
  beta1: f32;
  rest1: f32;
  beta2: f32;
  rest2: f32;
  epsilon: f32;
}

@inline
function read(p: usize, at: usize, count: i32): v128 {
  return count == 4 ? v128.load(p + at) : loadPart(p + at, count);
}

@inline
function write(p: usize, at: usize, v: v128, count: i32): void {
  if (count == 4) v128.store(p + at, v);
  else storePart(p + at, v, count);
}

/** The factors are read again for each vector: there are more of them than registers. */
@inline
function updateVector(u: Update, value: usize, gradient: usize, m: usize, s: usize, at: usize, count: i32): void {
  const g = f32x4.mul(read(gradient, at, count), splat(u.shrink));
  const first = madd(splat(u.beta1), read(m, at, count), f32x4.mul(splat(u.rest1), g));
  const second = madd(splat(u.beta2), read(s, at, count), f32x4.mul(splat(u.rest2), f32x4.mul(g, g)));
  let kept = read(value, at, count);
  if (u.decayed) kept = f32x4.sub(kept, f32x4.mul(f32x4.mul(kept, read(u.decayed, at, count)), splat(u.decay)));
  const root = f32x4.add(f32x4.sqrt(f32x4.mul(second, splat(u.inverseCorrection))), splat(u.epsilon));
  write(u.newM, at, first, count);
  write(u.newS, at, second, count);
  write(u.newValue, at, f32x4.sub(kept, f32x4.div(f32x4.mul(first, splat(u.rate)), root)), count);
}

/** One step of Adam for the numbers from..to. */
export function adam(update: Update, from: i32, to: i32): void {
  const value = update.value, gradient = update.gradient, m = update.m, s = update.s;
  let i = from;
  for (; i + 4 <= to; i += 4) updateVector(update, value, gradient, m, s, <usize>i << 2, 4);
  if (i < to) updateVector(update, value, gradient, m, s, <usize>i << 2, to - i);
}
