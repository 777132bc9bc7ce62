import { describe, expect, it } from "vitest";
import { share } from "./averaging.js";
import { cuts } from "./batches.js";
import { rateAt } from "./schedule.js";
import { times } from "./times.js";

describe("the parts of a fit", () => {
  it("batches keep the short last one, and join one row to the batch before", () => {
    expect(cuts(10, 4)).toEqual([4, 8, 10]);
    expect(cuts(9, 4)).toEqual([4, 9]);
    expect(cuts(8, 4)).toEqual([4, 8]);
    expect(cuts(3, 256)).toEqual([3]);
    expect(cuts(257, 256)).toEqual([257]);
  });

  it("the rate warms up, then stays or falls along a cosine to its end", () => {
    const cosine = { kind: "cosine", to: 0.1, warmup: 4 } as const;
    const rates = Array.from({ length: 15 }, (_, i) => rateAt(cosine, 1, i, 15));
    expect(rates.slice(0, 5)).toEqual([0.25, 0.5, 0.75, 1, 1]);
    expect(rates[9]).toBeCloseTo(0.55, 12);
    expect(rates[14]).toBeCloseTo(0.1, 12);
    expect(rateAt({ kind: "constant", warmup: 2 }, 1, 0, undefined)).toBe(0.5);
    expect(rateAt({ kind: "constant" }, 1, 1e6, undefined)).toBe(1);
  });

  it("averages weigh the newest step by its place", () => {
    expect([1, 2, 500, 5000].map((step) => share({ kind: "exponential" }, step, 1))).toEqual([1, 0.5, 0.002, 1 - 0.999]);
    expect([1, 5, 6, 7, 10].map((step) => share({ kind: "tail", from: 0.5 }, step, 10))).toEqual([1, 1, 1, 1 / 2, 1 / 5]);
  });

  it("times have a least and a middle", () => {
    const few = times();
    expect(few.summary()).toEqual({ min: 0, median: 0 });
    for (const ms of [3, 1, 2]) few.take(ms);
    expect(few.summary()).toEqual({ min: 1, median: 2 });
  });

  it("of many times those at even distances are kept, and the least of all", () => {
    const many = times(8);
    for (let i = 0; i < 10_000; i++) many.take(i === 777 ? -1 : i);
    const { min, median } = many.summary();
    expect(min).toBe(-1);
    // Kept are 0, 2048, 4096, 6144, 8192.
    expect(median).toBe(4096);
    const all = times(8);
    for (let i = 0; i < 8; i++) all.take(i);
    expect(all.summary().median).toBe(4);
  });
});
