/** Elementary functions within 1e-11, far below float32's rounding. The standard library's read static tables, which a kernel must not have. */

const LN2: f64 = 0.6931471805599453;

/** e^x = 2^n e^r with |r| <= ln 2 / 2, e^r by its series; infinity above 709. */
export function exp(x: f64): f64 {
  if (x != x) return x;
  const bounded = min<f64>(max<f64>(x, -708), 710);
  const n = nearest<f64>(bounded / LN2);
  const r = bounded - n * LN2;
  let p: f64 = 1.0 / 362880;
  p = p * r + 1.0 / 40320;
  p = p * r + 1.0 / 5040;
  p = p * r + 1.0 / 720;
  p = p * r + 1.0 / 120;
  p = p * r + 1.0 / 24;
  p = p * r + 1.0 / 6;
  p = p * r + 1.0 / 2;
  p = p * r + 1;
  p = p * r + 1;
  return p * reinterpret<f64>((<i64>n + 1023) << 52);
}

/** log x = n ln 2 + 2 atanh((m - 1) / (m + 1)) for x = 2^n m >= 1, with m around 1. */
export function log(x: f64): f64 {
  if (!(x < Infinity)) return x;
  const bits = reinterpret<i64>(x);
  const m = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  const high = m > 1.4142135623730951;
  const n = <f64>((bits >> 52) - 1023 + <i64>high);
  const half = high ? m * 0.5 : m;
  const s = (half - 1) / (half + 1);
  const z = s * s;
  let p: f64 = 1.0 / 13;
  p = p * z + 1.0 / 11;
  p = p * z + 1.0 / 9;
  p = p * z + 1.0 / 7;
  p = p * z + 1.0 / 5;
  p = p * z + 1.0 / 3;
  p = p * z + 1;
  return n * LN2 + 2 * s * p;
}

/** log(1 + u) for u >= 0: the logarithm of the rounded sum, scaled by what rounding lost. */
export function log1p(u: f64): f64 {
  const sum = 1 + u;
  const seen = sum - 1;
  if (seen == 0) return u;
  return seen == u ? log(sum) : (log(sum) * u) / seen;
}

export function asinh(x: f64): f64 {
  const size = abs<f64>(x);
  return copysign<f64>(log1p(size + (sqrt<f64>(size * size + 1) - 1)), x);
}
