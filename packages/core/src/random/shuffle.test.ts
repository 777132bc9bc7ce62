import { expect, it } from "vitest";
import { integers } from "./bounded.js";
import { hashPath } from "./hash.js";
import { shuffled } from "./shuffle.js";

/** Pearson's statistic of counts that should be equal. */
const chiSquare = (counts: readonly number[]): number => {
  const mean = counts.reduce((a, b) => a + b) / counts.length;
  return counts.reduce((total, count) => total + (count - mean) ** 2 / mean, 0);
};

it("shuffled is a permutation, the same for a seed and turn, another for the next", () => {
  const order = shuffled(1000, 42, 3);
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  expect(shuffled(1000, 42, 3)).toEqual(order);
  expect(shuffled(1000, 42, 4)).not.toEqual(order);
  expect(shuffled(1000, 43, 3)).not.toEqual(order);
  expect([shuffled(0, 1).length, shuffled(1, 1)[0]]).toEqual([0, 0]);
});

it("shuffled keeps its order from version to version", () => {
  expect([...shuffled(10, 42)]).toEqual([7, 3, 8, 0, 1, 5, 9, 2, 4, 6]);
});

it("all 24 orders of four come equally often", () => {
  const counts = new Map<string, number>();
  for (let turn = 0; turn < 24_000; turn++) {
    const order = shuffled(4, 9, turn).join();
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(24);
  expect(chiSquare([...counts.values()])).toBeLessThan(56); // 23 degrees of freedom, 0.0001
});

it("integers are in range, equally likely, and belong to their row", () => {
  const draws = integers(5, 0, 60_000, 6);
  const counts = [0, 0, 0, 0, 0, 0];
  for (const draw of draws) counts[draw]! += 1;
  expect(counts.length).toBe(6);
  expect(chiSquare(counts)).toBeLessThan(25.7); // 5 degrees of freedom, 0.0001
  expect(integers(5, 100, 20, 6)).toEqual(draws.slice(100, 120));
  const wide = integers(5, 0, 20_000, 2 ** 31 - 1).reduce((a, b) => a + b, 0) / 20_000 / (2 ** 31 - 1);
  expect(Math.abs(wide - 0.5)).toBeLessThan(5 / Math.sqrt(12 * 20_000));
  expect(() => integers(5, 0, 1, 0)).toThrow(/bound - 1 must be/);
});

it("hashPath spreads paths over 53 bits without a collision", () => {
  const paths = Array.from({ length: 50_000 }, (_, i) => `flow/layers/${i % 100}/conditioner/weight${Math.floor(i / 100)}`);
  const hashes = new Set(paths.map(hashPath));
  expect(hashes.size).toBe(paths.length);
  expect([...hashes].every((hash) => Number.isSafeInteger(hash) && hash >= 0)).toBe(true);
  const ones = new Float64Array(53);
  for (const hash of hashes) for (let bit = 0; bit < 53; bit++) ones[bit]! += Math.floor(hash / 2 ** bit) % 2;
  for (const count of ones) expect(Math.abs(count / hashes.size - 0.5)).toBeLessThan(2.5 / Math.sqrt(hashes.size));
});
