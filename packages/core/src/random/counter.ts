import { fail } from "../errors.js";
import { philox } from "./philox.js";
import { type Stream, streams } from "./streams.js";

const word = 2 ** 32;

/** Throws unless the seed is an integer from 0 to 2^53 - 1: every seed we accept is a different key, exactly. */
export function checkSeed(seed: number, where = "flows/random"): void {
  if (Number.isSafeInteger(seed) && seed >= 0) return;
  fail("config", where, `seed must be an integer from 0 to ${Number.MAX_SAFE_INTEGER}, got ${String(seed)}.`);
}

/** Throws unless the value is an integer from 0 to `most`. */
export function checkCount(name: string, value: number, most: number = Number.MAX_SAFE_INTEGER): void {
  if (Number.isSafeInteger(value) && value >= 0 && value <= most) return;
  fail("config", "flows/random", `${name} must be an integer from 0 to ${most}, got ${String(value)}.`);
}

/** Writes block `block` of row `row` to `out`: four words that depend on seed, row, block and stream alone. */
export type Blocks = (out: Uint32Array, row: number, block: number) => void;

/** The blocks of one seed and stream. Key: the seed's two words. Counter: (row low, row high, block, stream). */
export function blocks(seed: number, stream: Stream): Blocks {
  checkSeed(seed);
  const low = seed | 0;
  const high = Math.floor(seed / word);
  const last = streams[stream];
  return (out, row, block) => philox(out, low, high, row | 0, Math.floor(row / word), block, last);
}

/** Checks a request for n rows of `width` numbers from row `first` on. */
export function checkRows(first: number, n: number, width: number): void {
  checkCount("first", first);
  checkCount("n", n);
  checkCount("width", width);
  checkCount("n * width", n * width, 2 ** 32);
  if (n > 0) checkCount("the last row, first + n - 1,", first + (n - 1));
}
