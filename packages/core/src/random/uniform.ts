import { blocks, checkRows } from "./counter.js";
import type { Stream } from "./streams.js";

/** A number in (0, 1) from two words: (k + 1/2) / 2^52 with the 52-bit k. Exact, symmetric about 1/2, never 0 or 1. */
const interior = (high: number, low: number): number => (high * 0x100000 + (low >>> 12) + 0.5) * 2 ** -52;

/** Calls `use(value, place)` for rows first .. first+n-1 of `width` uniforms each, place counting from 0. */
export function eachUniform(
  seed: number,
  first: number,
  n: number,
  width: number,
  stream: Stream,
  use: (value: number, place: number) => void,
): void {
  const write = blocks(seed, stream);
  const words = new Uint32Array(4);
  for (let row = 0, place = 0; row < n; row++) {
    for (let column = 0; column < width; column += 2) {
      write(words, first + row, column / 2);
      use(interior(words[0]!, words[1]!), place++);
      if (column + 1 < width) use(interior(words[2]!, words[3]!), place++);
    }
  }
}

/**
 * Rows first .. first+n-1 of independent uniforms in the open interval (0, 1), as [n * width].
 * A number depends on seed, stream, its row and its column alone, whatever first, n and width are.
 */
export function uniforms(seed: number, first: number, n: number, width: number, stream: Stream): Float64Array {
  checkRows(first, n, width);
  const out = new Float64Array(n * width);
  eachUniform(seed, first, n, width, stream, (value, place) => {
    out[place] = value;
  });
  return out;
}
