import { log } from "./log.js";

/**
 * Standard normal quantile: the z with P(Z <= z) = p, relative error about 1e-16; ±Infinity at 1 and 0, NaN outside.
 * In + - x / sqrt and our own log only, so it is the same to the last bit on every engine.
 *
 * Source: Wichura (1988), Algorithm AS 241: The Percentage Points of the Normal Distribution, PPND16.
 * Applied Statistics 37(3), 477-484.
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return central(q);
  if (!(p > 0 && p < 1)) return p === 0 ? Number.NEGATIVE_INFINITY : p === 1 ? Number.POSITIVE_INFINITY : Number.NaN;
  const r = Math.sqrt(-log(q < 0 ? p : 1 - p));
  const z = r <= 5 ? near(r - 1.6) : far(r - 5);
  return q < 0 ? -z : z;
}

/* Horner's rule for AS 241's three quotients of polynomials of degree 7. */

function central(q: number): number {
  const r = 0.180625 - q * q;
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

function near(r: number): number {
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

function far(r: number): number {
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
