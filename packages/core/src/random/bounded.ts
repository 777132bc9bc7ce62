import { blocks, checkCount, checkRows } from "./counter.js";
import { multiplyHigh } from "./philox.js";
import type { Stream } from "./streams.js";

/** Draws an integer in [0, bound), all equally likely, for a bound up to 2^31 - 1. */
export type Draw = (bound: number) => number;

/** A source of bounded integers that can be set to the beginning of a row. */
export interface IntegerSource {
  readonly start: (row: number) => void;
  readonly draw: Draw;
}

/**
 * Bounded integers from the words of a row: the high half of word x bound, words that would favour some values rejected.
 *
 * Source: Lemire (2019), Fast Random Integer Generation in an Interval, algorithm 5. https://arxiv.org/abs/1805.10941
 */
export function boundedSource(seed: number, stream: Stream): IntegerSource {
  const write = blocks(seed, stream);
  const words = new Uint32Array(4);
  let row = 0;
  let used = 0;
  const next = (): number => {
    if ((used & 3) === 0) write(words, row, used >>> 2);
    return words[used++ & 3]!;
  };
  const draw: Draw = (bound) => {
    let word = next();
    if (Math.imul(word, bound) >>> 0 < bound) {
      const refused = (2 ** 32 - bound) % bound;
      while (Math.imul(word, bound) >>> 0 < refused) word = next();
    }
    return multiplyHigh(word, bound) >>> 0;
  };
  const start = (at: number): void => {
    row = at;
    used = 0;
  };
  return { start, draw };
}

/** Rows first .. first+n-1 of one integer each in [0, bound), all equally likely. A row depends on seed and stream alone. */
export function integers(seed: number, first: number, n: number, bound: number, stream: Stream = "choice"): Int32Array {
  checkRows(first, n, 1);
  checkCount("bound - 1", bound - 1, 2 ** 31 - 2);
  const source = boundedSource(seed, stream);
  const out = new Int32Array(n);
  for (let row = 0; row < n; row++) {
    source.start(first + row);
    out[row] = source.draw(bound);
  }
  return out;
}
