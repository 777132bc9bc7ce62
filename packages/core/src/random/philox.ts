// Signed, so that the whole round stays in 32-bit integer registers.
const multiplierA = 0xd2511f53 | 0;
const multiplierB = 0xcd9e8d57 | 0;
const weylA = 0x9e3779b9 | 0;
const weylB = 0xbb67ae85 | 0;

/** High 32 bits of the 64-bit product of two 32-bit words, by 16-bit halves in integer arithmetic. */
export function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) | 0;
  const carry = (Math.imul(aLow, bHigh) + (middle & 0xffff)) | 0;
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (carry >>> 16)) | 0;
}

/**
 * Philox4x32-10: four random 32-bit words from a 64-bit key and a 128-bit counter, written to `out`.
 *
 * A counter-based generator: no state, so any row of any stream is drawn on its own.
 * Source: Salmon, Moraes, Dror and Shaw (2011), Parallel Random Numbers: As Easy as 1, 2, 3, section 4.3.
 */
export function philox(out: Uint32Array, key0: number, key1: number, c0: number, c1: number, c2: number, c3: number): void {
  for (let round = 0; round < 10; round++) {
    const highA = multiplyHigh(multiplierA, c0);
    const lowA = Math.imul(multiplierA, c0);
    const highB = multiplyHigh(multiplierB, c2);
    const lowB = Math.imul(multiplierB, c2);
    c0 = highB ^ c1 ^ key0;
    c1 = lowB;
    c2 = highA ^ c3 ^ key1;
    c3 = lowA;
    key0 = (key0 + weylA) | 0;
    key1 = (key1 + weylB) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}
