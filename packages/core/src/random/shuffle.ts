import { boundedSource } from "./bounded.js";
import { checkCount } from "./counter.js";
import type { Stream } from "./streams.js";

/**
 * The numbers 0 .. n-1 in random order, every order equally likely as far as a 64-bit seed can tell.
 * `turn` counts the shuffles of one seed (the epoch); each starts again from 0 .. n-1.
 *
 * Source: Durstenfeld (1964), Algorithm 235: Random permutation (the Fisher-Yates shuffle).
 */
export function shuffled(n: number, seed: number, turn = 0, stream: Stream = "shuffle"): Int32Array {
  checkCount("n", n, 2 ** 31 - 1);
  checkCount("turn", turn);
  const source = boundedSource(seed, stream);
  source.start(turn);
  const order = new Int32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  for (let i = n - 1; i > 0; i--) {
    const other = source.draw(i + 1);
    const kept = order[i]!;
    order[i] = order[other]!;
    order[other] = kept;
  }
  return order;
}
