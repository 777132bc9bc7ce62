import { expect, it } from "vitest";
import { multiplyHigh, philox } from "./philox.js";

const hex = (words: Uint32Array): string[] => [...words].map((word) => word.toString(16).padStart(8, "0"));

const known: readonly { counter: [number, number, number, number]; key: [number, number]; words: string }[] = [
  { counter: [0, 0, 0, 0], key: [0, 0], words: "6627e8d5 e169c58d bc57ac4c 9b00dbd8" },
  { counter: [-1, -1, -1, -1], key: [-1, -1], words: "408f276d 41c83b0e a20bc7c6 6d5451fd" },
  {
    counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    key: [0xa4093822, 0x299f31d0],
    words: "d16cfe09 94fdcceb 5001e420 24126ea1",
  },
];

it("philox4x32-10 gives Random123's known answers", () => {
  for (const { counter, key, words } of known) {
    const out = new Uint32Array(4);
    philox(out, ...key, ...counter);
    expect(hex(out).join(" ")).toBe(words);
  }
});

it("multiplyHigh is the high word of the exact product", () => {
  const words = [0, 1, 2, 0xffff, 0x10000, 0x10001, 0x7fffffff, 0x80000000, 0xd2511f53, 0xcd9e8d57, 0xfffffffe, 0xffffffff];
  for (const a of words) for (const b of words) expect(multiplyHigh(a, b) >>> 0).toBe(Number((BigInt(a) * BigInt(b)) >> 32n));
});
