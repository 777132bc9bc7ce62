import { exp } from "./exponential";
import { atLeast, madd, choose, splat } from "./vector";

/** log of positive finite numbers, denormals included. Source: Cephes logf, S. Moshier. */
@inline
function logPositive(x: v128): v128 {
  // Denormals are brought into the normal range by 2^23 first; the exponent gives it back.
  const denormal = f32x4.lt(x, splat(1.17549435e-38));
  const bits = choose(f32x4.mul(x, splat(8388608)), x, denormal);
  let exponent = i32x4.sub(i32x4.shr_u(bits, 23), i32x4.splat(126));
  exponent = i32x4.sub(exponent, v128.and(denormal, i32x4.splat(23)));
  const m = v128.or(v128.and(bits, i32x4.splat(0x007fffff)), i32x4.splat(0x3f000000));
  const low = f32x4.lt(m, splat(0.707106781186547524));
  exponent = i32x4.add(exponent, low);
  const f = f32x4.sub(f32x4.add(m, v128.and(low, m)), splat(1));
  const z = f32x4.mul(f, f);
  let p = madd(splat(7.0376836292e-2), f, splat(-1.151461031e-1));
  p = madd(p, f, splat(1.167699874e-1));
  p = madd(p, f, splat(-1.2420140846e-1));
  p = madd(p, f, splat(1.4249322787e-1));
  p = madd(p, f, splat(-1.6668057665e-1));
  p = madd(p, f, splat(2.0000714765e-1));
  p = madd(p, f, splat(-2.4999993993e-1));
  p = madd(p, f, splat(3.3333331174e-1));
  const n = f32x4.convert_i32x4_s(exponent);
  let y = madd(n, splat(-2.1219444e-4), f32x4.mul(f32x4.mul(p, f), z));
  y = madd(z, splat(-0.5), y);
  return madd(n, splat(0.693359375), f32x4.add(f, y));
}

/** Natural logarithm within 1 ulp: -Infinity at 0, NaN below, infinity and NaN stay. */
@inline
export function log(x: v128): v128 {
  const negative = choose(splat(NaN), logPositive(x), f32x4.lt(x, splat(0)));
  const zero = choose(splat(-Infinity), negative, f32x4.eq(x, splat(0)));
  // x - x is 0 for finite numbers only.
  return choose(zero, choose(splat(NaN), x, f32x4.eq(x, splat(-Infinity))), f32x4.eq(f32x4.sub(x, x), splat(0)));
}

/** log(1 + x): the logarithm of the rounded sum, corrected by what rounding lost. */
@inline
export function log1p(x: v128): v128 {
  const u = f32x4.add(splat(1), x);
  const lost = f32x4.sub(x, f32x4.sub(u, splat(1)));
  const y = log(u);
  const corrected = f32x4.add(y, f32x4.div(lost, u));
  const finite = f32x4.eq(f32x4.sub(y, y), splat(0));
  return choose(choose(corrected, y, finite), x, f32x4.ne(x, splat(0)));
}

/** log(1 + e^x) = max(x, 0) + log(1 + e^-|x|). */
@inline
export function softplus(x: v128): v128 {
  const t = exp(f32x4.neg(f32x4.abs(x)));
  const u = f32x4.add(splat(1), t);
  const correction = f32x4.div(f32x4.sub(t, f32x4.sub(u, splat(1))), u);
  return f32x4.add(atLeast(x, splat(0)), f32x4.add(logPositive(u), correction));
}
