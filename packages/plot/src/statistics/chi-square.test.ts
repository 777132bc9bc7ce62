import { describe, expect, it } from "vitest";
import { chiSquareCdf, chiSquareQuantile, orderQuantile } from "./chi-square.js";

describe("chi-square", () => {
  it("agrees with the printed tables", () => {
    expect(chiSquareQuantile(0.95, 1)).toBeCloseTo(3.841458820694124, 9);
    expect(chiSquareQuantile(0.99, 5)).toBeCloseTo(15.08627246938899, 9);
    expect(chiSquareQuantile(0.05, 10)).toBeCloseTo(3.940299136119, 9);
    expect(chiSquareQuantile(0.95, 30)).toBeCloseTo(43.773, 3);
    expect(chiSquareQuantile(0.95, 100)).toBeCloseTo(124.342, 3);
  });

  it("is exact in two dimensions and inverts its distribution in others", () => {
    expect(chiSquareQuantile(0.5, 2)).toBe(2 * Math.LN2);
    for (const degrees of [1, 2, 3, 17, 784, 3072]) {
      for (const p of [1e-6, 0.1, 0.5, 0.999]) expect(chiSquareCdf(chiSquareQuantile(p, degrees), degrees) / p).toBeCloseTo(1, 9);
    }
    expect(() => chiSquareQuantile(1, 2)).toThrow("between 0 and 1");
  });

  it("has order statistics from the beta distribution", () => {
    expect(orderQuantile(0.5, 1, 1)).toBeCloseTo(0.5, 12);
    expect(orderQuantile(0.95, 1, 20)).toBeCloseTo(1 - 0.05 ** (1 / 20), 12);
    expect(orderQuantile(0.5248, 2, 4)).toBeCloseTo(0.4, 12);
    expect(orderQuantile(0.5, 10_001, 20_001)).toBeCloseTo(0.5, 12);
  });
});
