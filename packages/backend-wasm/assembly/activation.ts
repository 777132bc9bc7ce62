import { ELU, LEAKY_RELU, RELU, SIGMOID, SOFTPLUS, TANH } from "./codes/mlp";
import { elu, leakyRelu, relu, sigmoid, softplus, tanh } from "./maps";
import { expm1 } from "./functions";
import { choose, loadPart, splat, storePart } from "./vector";

/** y = activation(y) in place. */
export function activate(kind: i32, slope: f32, y: usize, n: i32): void {
  if (kind == RELU) relu(y, y, n);
  else if (kind == LEAKY_RELU) leakyRelu(y, y, n, slope);
  else if (kind == ELU) elu(y, y, n);
  else if (kind == TANH) tanh(y, y, n);
  else if (kind == SIGMOID) sigmoid(y, y, n);
  else softplus(y, y, n);
}

/** The derivative, from the value h that the activation gave; NaN where h is NaN. */
@inline
function slopeAt(kind: i32, slope: f32, h: v128): v128 {
  const one = splat(1);
  if (kind == RELU) return v128.or(v128.and(one, f32x4.gt(h, splat(0))), f32x4.ne(h, h));
  if (kind == LEAKY_RELU) return v128.or(choose(one, splat(slope), f32x4.gt(h, splat(0))), f32x4.ne(h, h));
  if (kind == ELU) return choose(one, f32x4.add(h, one), f32x4.gt(h, splat(0)));
  if (kind == TANH) return f32x4.mul(f32x4.sub(one, h), f32x4.add(one, h));
  if (kind == SIGMOID) return f32x4.mul(h, f32x4.sub(one, h));
  return f32x4.neg(expm1(f32x4.neg(h)));
}

@inline
function scaleBySlope(kind: i32, slope: f32, h: usize, d: usize, n: i32): void {
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    v128.store(d, f32x4.mul(v128.load(d), slopeAt(kind, slope, v128.load(h))));
    h += 16;
    d += 16;
  }
  if (i < n) storePart(d, f32x4.mul(loadPart(d, n - i), slopeAt(kind, slope, loadPart(h, n - i))), n - i);
}

/** d = d activation'(h), in place; one loop a kind, so that none tests inside. */
export function activateBackward(kind: i32, slope: f32, h: usize, d: usize, n: i32): void {
  if (kind == RELU) scaleBySlope(RELU, slope, h, d, n);
  else if (kind == LEAKY_RELU) scaleBySlope(LEAKY_RELU, slope, h, d, n);
  else if (kind == ELU) scaleBySlope(ELU, slope, h, d, n);
  else if (kind == TANH) scaleBySlope(TANH, slope, h, d, n);
  else if (kind == SIGMOID) scaleBySlope(SIGMOID, slope, h, d, n);
  else scaleBySlope(SOFTPLUS, slope, h, d, n);
}
