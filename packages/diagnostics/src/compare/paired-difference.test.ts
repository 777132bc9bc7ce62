import { expect, it } from "vitest";
import { studentTails } from "../statistics/tails.js";
import { mostByChance, normalRows, powerful, rejections } from "../testing/rejections.js";
import { estimate, pairedDifference } from "./paired-difference.js";

it("Student's tails are those of the printed table", () => {
  for (const [t, degrees] of [[12.706, 1], [2.228, 10], [1.984, 100]] as const) expect(studentTails(t, degrees)).toBeCloseTo(0.05, 4); // biome-ignore format: a table
});

it("estimates and pairs as their definitions do", () => {
  expect(estimate([1, 2, 3, 6])).toEqual({ mean: 3, standardError: expect.closeTo(Math.sqrt(14 / 3 / 4), 12) });
  expect(pairedDifference([3, 5, 9], [1, 2, 3])).toMatchObject({ mean: 11 / 3, standardError: expect.closeTo(Math.sqrt(13 / 3 / 3), 12) });
  expect(pairedDifference([1, 2], [1, 2])).toEqual({ mean: 0, standardError: 0, pValue: 1 });
  expect(pairedDifference([2, 3], [1, 2])).toEqual({ mean: 1, standardError: 0, pValue: 0 });
});

it("rejects equal means in 1 of 20 repetitions of 8 rows, and finds a small difference beneath a large common spread", () => {
  const { equal, better } = rejections((seed) => {
    const common = normalRows(8, 1, seed, 0, (z) => 100 * z).data;
    const [a, b] = [8, 16].map((first) => common.map((value, i) => value + normalRows(8, 1, seed, first).data[i]!));
    return {
      equal: pairedDifference(a!, b!).pValue,
      better: pairedDifference(
        a!.map((value) => value + 2.6),
        b!,
      ).pValue,
    };
  });
  expect(equal).toBeLessThanOrEqual(mostByChance);
  expect(better).toBeGreaterThanOrEqual(powerful);
});

it("refuses other lengths, single rows and what is not finite", () => {
  expect(() => pairedDifference([1, 2], [1])).toThrow(/got 2 and 1 numbers/);
  expect(() => pairedDifference([1], [1])).toThrow(/at least 2/);
  expect(() => pairedDifference([1, Number.NEGATIVE_INFINITY], [1, 2])).toThrow(/number 1 is -Infinity/);
});
