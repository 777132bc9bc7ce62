const ln2High = 0.6931471803691238; // the first 32 bits of log 2: exponent * ln2High is exact
const ln2Low = 1.9082149292705877e-10;
const bits = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));

/**
 * Natural logarithm in + - x / and one look at the exponent, so it is the same to the last bit on every engine
 * (Math.log is not). Within one unit in the last place; -Infinity at 0, NaN below.
 *
 * x = 2^k m with m in [sqrt(1/2), sqrt(2)], f = m - 1, s = f / (2 + f):
 * log m = 2 atanh s = f - (f²/2 - s (f²/2 + R)), R = 2 s² (1/3 + s²/5 + s⁴/7 + ...).
 *
 * IntegerSource of the arrangement that keeps the error small: fdlibm, e_log.c (Sun Microsystems, 1993). The series is Taylor's.
 */
export function log(x: number): number {
  if (!(x > 0) || x === Number.POSITIVE_INFINITY) return atEdge(x);
  if (x < 2.2250738585072014e-308) return reduced(x * 2 ** 54, -54);
  return reduced(x, 0);
}

function atEdge(x: number): number {
  if (x === 0) return Number.NEGATIVE_INFINITY;
  return x > 0 ? x : Number.NaN;
}

function reduced(x: number, shift: number): number {
  bits.setFloat64(0, x);
  const high = bits.getUint32(0);
  // 0x95f64 is the distance from the high word of sqrt(2) to that of 2: it moves the seam from 1 and 2 to sqrt(1/2) and sqrt(2).
  const up = (((high & 0xfffff) + 0x95f64) & 0x100000) >>> 20;
  bits.setUint32(0, (high & 0xfffff) | ((1023 - up) << 20));
  const k = (high >>> 20) - 1023 + up + shift;
  return k * ln2High - (correction(bits.getFloat64(0) - 1, k * ln2Low) - (bits.getFloat64(0) - 1));
}

/** f - log(1 + f), less the low part of k log 2. */
function correction(f: number, low: number): number {
  const s = f / (2 + f);
  const w = s * s;
  const half = 0.5 * f * f;
  return half - (s * (half + tail(w)) + low);
}

/** R = 2 w (1/3 + w/5 + w²/7 + ...); w is at most 0.0295, so eleven terms leave less than 1e-18. */
function tail(w: number): number {
  const late = 2 / 15 + w * (2 / 17 + w * (2 / 19 + w * (2 / 21 + w * (2 / 23))));
  return w * (2 / 3 + w * (2 / 5 + w * (2 / 7 + w * (2 / 9 + w * (2 / 11 + w * (2 / 13 + w * late))))));
}
