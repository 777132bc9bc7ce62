import { floats } from "../backend/tensor-of.js";
import type { Batch } from "./batch.js";
import type { Rows } from "./rows.js";

/** A running 64-bit hash of 32-bit words, two lanes of the MurmurHash3 mixer. */
function hasher(): { add(words: Int32Array): void; text(): string } {
  let [a, b] = [0x9e3779b9 | 0, 0x85ebca6b | 0];
  return {
    add: (words) => {
      for (let i = 0; i < words.length; i++) {
        const word = words[i]!;
        a = Math.imul(a ^ word, 0xcc9e2d51);
        a = (a << 15) | (a >>> 17);
        b = Math.imul(b + word, 0x1b873593) ^ (a >>> 13);
        b = (b << 13) | (b >>> 19);
      }
    },
    text: () => [a, b].map((lane) => (lane >>> 0).toString(16).padStart(8, "0")).join(""),
  };
}

/** A fingerprint of data as the backend sees it: the same numbers give the same one in whatever container they came. */
export function fingerprint(batches: readonly (Batch | undefined)[]): string {
  const { add, text } = hasher();
  const numbers = (values: ArrayLike<number>): void => {
    const seen = floats(values.length);
    seen.set(values);
    add(new Int32Array(seen.buffer));
  };
  const rows = (part: Rows | undefined): void => {
    add(Int32Array.of(part?.shape.length ?? -1, ...(part?.shape ?? [])));
    if (part) numbers(part.data);
  };
  for (const batch of batches) {
    rows(batch?.x);
    rows(batch?.context);
    add(Int32Array.of(batch?.weights?.length ?? -1));
    if (batch?.weights) numbers(batch.weights);
  }
  return text();
}
