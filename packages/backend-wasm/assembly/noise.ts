/**
 * Standard normals of counter-based streams, the same bits as core's `normals` in every build: integers, float64 and plain + - x / sqrt,
 * nothing relaxed.
 */

/** High and low word of a 32 by 32 bit product. */
@inline
function product(multiplier: u64, word: u32): u64 {
  return multiplier * <u64>word;
}

@inline
function high(product: u64): u32 {
  return <u32>(product >> 32);
}

/** (k + 1/2) / 2^52 with the 52-bit k of two words: exact, never 0 or 1. */
@inline
function interior(first: u32, second: u32): f64 {
  return (<f64>((<u64>first << 20) | <u64>(second >> 12)) + 0.5) * 2.220446049250313e-16;
}

/** R of core's `log`: Taylor's series of 2 atanh s - 2 s, divided by s. */
@inline
function tail(w: f64): f64 {
  const late: f64 = 2.0 / 15 + w * (2.0 / 17 + w * (2.0 / 19 + w * (2.0 / 21 + w * (2.0 / 23))));
  return w * (2.0 / 3 + w * (2.0 / 5 + w * (2.0 / 7 + w * (2.0 / 9 + w * (2.0 / 11 + w * (2.0 / 13 + w * late))))));
}

/** Natural logarithm of a normal positive number, step by step as core's `log`. */
@inline
function log(x: f64): f64 {
  const bits = reinterpret<u64>(x);
  const top = <u32>(bits >> 32);
  const up = (((top & 0xfffff) + 0x95f64) & 0x100000) >> 20;
  const k = <f64>(<i32>(top >> 20) - 1023 + <i32>up);
  const f = reinterpret<f64>((bits & 0xfffffffffffff) | (<u64>(1023 - up) << 52)) - 1;
  const s = f / (2 + f);
  const half = 0.5 * f * f;
  return k * 0.6931471803691238 - (half - (s * (half + tail(s * s)) + k * 1.9082149292705877e-10) - f);
}

/* Wichura (1988), Algorithm AS 241, PPND16: Horner's rule for its three quotients. */

@inline
function central(q: f64): f64 {
  const r: f64 = 0.180625 - q * q;
  let a = 2509.0809287301227 * r + 33430.57558358813;
  a = a * r + 67265.7709270087;
  a = a * r + 45921.95393154987;
  a = a * r + 13731.69376550946;
  a = a * r + 1971.5909503065513;
  a = a * r + 133.14166789178438;
  a = a * r + 3.3871328727963665;
  let b = 5226.495278852546 * r + 28729.085735721943;
  b = b * r + 39307.89580009271;
  b = b * r + 21213.794301586597;
  b = b * r + 5394.196021424751;
  b = b * r + 687.1870074920579;
  b = b * r + 42.31333070160091;
  b = b * r + 1;
  return (q * a) / b;
}

@inline
function near(r: f64): f64 {
  let c = 0.0007745450142783414 * r + 0.022723844989269184;
  c = c * r + 0.2417807251774506;
  c = c * r + 1.2704582524523684;
  c = c * r + 3.6478483247632045;
  c = c * r + 5.769497221460691;
  c = c * r + 4.630337846156546;
  c = c * r + 1.4234371107496835;
  let d = 1.0507500716444169e-9 * r + 0.0005475938084995345;
  d = d * r + 0.015198666563616457;
  d = d * r + 0.14810397642748008;
  d = d * r + 0.6897673349851;
  d = d * r + 1.6763848301838038;
  d = d * r + 2.053191626637759;
  d = d * r + 1;
  return c / d;
}

@inline
function far(r: f64): f64 {
  let e = 2.0103343992922881e-7 * r + 2.7115555687434876e-5;
  e = e * r + 0.0012426609473880784;
  e = e * r + 0.026532189526576124;
  e = e * r + 0.29656057182850487;
  e = e * r + 1.7848265399172913;
  e = e * r + 5.463784911164114;
  e = e * r + 6.657904643501103;
  let f = 2.0442631033899397e-15 * r + 1.421511758316446e-7;
  f = f * r + 1.8463183175100548e-5;
  f = f * r + 0.0007868691311456133;
  f = f * r + 0.014875361290850615;
  f = f * r + 0.1369298809227358;
  f = f * r + 0.599832206555888;
  f = f * r + 1;
  return e / f;
}

/** The quantile where |q| > 0.425, q = p - 1/2. */
function outer(q: f64, p: f64): f64 {
  const r = sqrt(-log(q < 0 ? p : 1 - p));
  const z = r <= 5 ? near(r - 1.6) : far(r - 5);
  return q < 0 ? -z : z;
}

/** The z with P(Z <= z) = p. */
@inline
function quantile(p: f64): f64 {
  const q = p - 0.5;
  return abs(q) <= 0.425 ? central(q) : outer(q, p);
}

/**
 * Two columns of one row, 1 for the last of an odd width: a block of Philox4x32-10 with the counter (row, block, stream) gives both.
 * Source: Salmon, Moraes, Dror and Shaw (2011), Parallel Random Numbers: As Easy as 1, 2, 3, section 4.3.
 */
@inline
function putBlock(y: usize, key0: u32, key1: u32, row: u64, block: u32, stream: u32, columns: i32): void {
  let c0 = <u32>row;
  let c1 = <u32>(row >> 32);
  let c2 = block;
  let c3 = stream;
  for (let round = 0; round < 10; round++) {
    const a = product(0xd2511f53, c0);
    const b = product(0xcd9e8d57, c2);
    c0 = high(b) ^ c1 ^ key0;
    c1 = <u32>b;
    c2 = high(a) ^ c3 ^ key1;
    c3 = <u32>a;
    key0 += 0x9e3779b9;
    key1 += 0xbb67ae85;
  }
  store<f32>(y, <f32>quantile(interior(c0, c1)));
  if (columns > 1) store<f32>(y, <f32>quantile(interior(c2, c3)), 4);
}

/**
 * Rows from..to of y [rows, width], counted from the 64-bit row `first` of the stream on: a number depends on seed, stream, its row and
 * its column alone. Seeds and first rows come in two words.
 */
export function normals(
  y: usize, seedLow: i32, seedHigh: i32, firstLow: i32, firstHigh: i32, stream: i32, width: i32, from: i32, to: i32,
): void {
  const first = (<u64><u32>firstHigh << 32) | <u64><u32>firstLow;
  let at = y + (<usize>from * <usize>width << 2);
  for (let row = from; row < to; row++)
    for (let j = 0; j < width; j += 2) {
      const columns = min(width - j, 2);
      putBlock(at, seedLow, seedHigh, first + <u64>row, j >> 1, stream, columns);
      at += <usize>columns << 2;
    }
}

/** What `noise` draws. */
@unmanaged
class Drawing {
  y: usize;
  seedLow: i32;
  seedHigh: i32;
  firstLow: i32;
  firstHigh: i32;
  stream: i32;
  width: i32;
}

/** `normals` as a call of a command buffer. */
export function noise(drawing: Drawing, from: i32, to: i32): void {
  const d = drawing;
  normals(d.y, d.seedLow, d.seedHigh, d.firstLow, d.firstHigh, d.stream, d.width, from, to);
}
