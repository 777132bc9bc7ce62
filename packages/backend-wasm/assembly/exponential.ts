import { atLeast, atMost, madd, choose, splat } from "./vector";

/** (e^r - 1 - r) / r^2 on |r| <= ln 2 / 2. Source: Cephes expf, S. Moshier. */
@inline
function tail(r: v128): v128 {
  let p = madd(splat(1.987569150e-4), r, splat(1.3981999507e-3));
  p = madd(p, r, splat(8.3334519073e-3));
  p = madd(p, r, splat(4.1665795894e-2));
  p = madd(p, r, splat(1.6666665459e-1));
  return madd(p, r, splat(5.0000001201e-1));
}

/** x - n ln 2, with ln 2 in two parts so that the product is exact. */
@inline
function reduced(x: v128, n: v128): v128 {
  return madd(n, splat(2.12194440e-4), madd(n, splat(-0.693359375), x));
}

@inline
function nearestPower(x: v128): v128 {
  return f32x4.nearest(f32x4.mul(x, splat(1.44269504088896341)));
}

@inline
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}

/** e^x within 1.3 ulp; denormal results are kept, zero below -103.98, infinity above 88.72, NaN stays. */
@inline
export function exp(x: v128): v128 {
  x = atMost(atLeast(x, splat(-104)), splat(89));
  const n = nearestPower(x);
  const r = reduced(x, n);
  const value = madd(f32x4.mul(r, r), tail(r), f32x4.add(r, splat(1)));
  // Two steps of scaling, because 2^n alone is out of range for denormal results and for n = 128.
  const power = i32x4.trunc_sat_f32x4_s(n);
  const half = i32x4.shr_s(power, 1);
  return f32x4.mul(f32x4.mul(value, powerOfTwo(half)), powerOfTwo(i32x4.sub(power, half)));
}

/** e^x - 1, accurate near 0. */
@inline
export function expm1(x: v128): v128 {
  const bounded = atMost(atLeast(x, splat(-30)), splat(1));
  const n = nearestPower(bounded);
  const r = reduced(bounded, n);
  const scale = powerOfTwo(i32x4.trunc_sat_f32x4_s(n));
  const small = madd(scale, madd(f32x4.mul(r, r), tail(r), r), f32x4.sub(scale, splat(1)));
  const big = f32x4.sub(exp(x), splat(1));
  return choose(big, choose(small, x, f32x4.ne(x, splat(0))), f32x4.gt(x, splat(1)));
}

/** 1 / (1 + e^-x), through e^-|x| so that both tails keep their digits. */
@inline
export function sigmoid(x: v128): v128 {
  const t = exp(f32x4.neg(f32x4.abs(x)));
  const numerator = choose(t, splat(1), f32x4.lt(x, splat(0)));
  return f32x4.div(numerator, f32x4.add(splat(1), t));
}

/** tanh x: an odd polynomial below 0.625, 1 - 2 / (e^2|x| + 1) above. Source: Cephes tanhf. */
@inline
export function tanh(x: v128): v128 {
  const size = f32x4.abs(x);
  const z = f32x4.mul(x, x);
  let p = madd(splat(-5.70498872745e-3), z, splat(2.06390887954e-2));
  p = madd(p, z, splat(-5.37397155531e-2));
  p = madd(p, z, splat(1.33314422036e-1));
  p = madd(p, z, splat(-3.33332819422e-1));
  const small = madd(f32x4.mul(p, z), x, x);
  const positive = f32x4.sub(splat(1), f32x4.div(splat(2), f32x4.add(exp(f32x4.add(size, size)), splat(1))));
  const big = v128.or(positive, v128.and(x, i32x4.splat(0x80000000)));
  return choose(small, big, f32x4.lt(size, splat(0.625)));
}
