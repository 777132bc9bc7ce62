/**
 * A 53-bit hash of a string, equal on every engine: the row from which a parameter's initial values are drawn.
 * Two 32-bit lanes over the UTF-16 units, mixed into each other at the end.
 *
 * Source: bryc, cyrb53 (public domain), with the finaliser of MurmurHash3.
 */
export function hashPath(path: string): number {
  let a = 0xdeadbeef | 0;
  let b = 0x41c6ce57;
  for (let i = 0; i < path.length; i++) {
    const unit = path.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    b = Math.imul(b ^ unit, 0x5f356495);
  }
  const low = mixed(a, b);
  const high = mixed(b, a);
  return 4294967296 * (high & 0x1fffff) + (low >>> 0);
}

const mixed = (a: number, b: number): number => Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
