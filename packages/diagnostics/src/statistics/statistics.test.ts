import { normalQuantile, uniforms } from "@flows/core/author";
import { describe, expect, it } from "vitest";
import { mostByChance, normalRows, rejections } from "../testing/rejections.js";
import { andersonDarling } from "./anderson-darling.js";
import large from "./fixtures/chi-square-large.json" with { type: "json" };
import table from "./fixtures/special-functions.json" with { type: "json" };
import { kolmogorovSmirnov, kolmogorovTail } from "./kolmogorov-smirnov.js";
import { medianOf, varianceOf } from "./moments.js";
import { binomialTail, binomialTails, chiSquareCdf, chiSquareQuantile, chiSquareTail, normalCdf, normalTails } from "./tails.js";

/** Relative, and absolute below the smallest double that is not denormal. */
const close = (value: number, truth: number, tolerance: number): void =>
  expect(Math.abs(value - truth), `${value} for ${truth}`).toBeLessThanOrEqual(tolerance * Math.abs(truth) + 1e-300);

describe("tails against scipy's tables", () => {
  it("chi-square's is the incomplete gamma function", () => {
    table.gammainc_lower_regularised.a_x.forEach(([a, x], i) => {
      const truth = table.gammainc_lower_regularised.y[i]!;
      close(chiSquareCdf(2 * x!, 2 * a!), truth, 1e-12);
      expect(Math.abs(chiSquareTail(2 * x!, 2 * a!) - (1 - truth))).toBeLessThan(1e-12);
    });
  });

  it("chi-square's of 1,001 to 306,936 degrees, both ways, and its quantile", () => {
    for (const [x, degrees, lower, upper] of large.rows as [number, number, number, number][]) {
      close(chiSquareCdf(x, degrees), lower, 1e-10);
      close(chiSquareTail(x, degrees), upper, 1e-10);
      if (upper > 0.01) close(chiSquareQuantile(lower, degrees), x, 1e-10);
    }
    close(chiSquareCdf(1000, 1000), chiSquareCdf(1000, 1000 + 1e-9), 1e-10);
  });

  it("the normal's is the complementary error function", () => {
    for (const [i, x] of table.norm_cdf_ndtr.x.entries()) close(normalCdf(x), table.norm_cdf_ndtr.y[i]!, 1e-11);
    table.erfc.x.forEach((x, i) => {
      if (x >= 0) close(normalTails(x * Math.SQRT2), table.erfc.y[i]!, 1e-11);
    });
  });

  it("the binomial's is the incomplete beta function", () => {
    // P(K >= k) = I_p(k, n - k + 1), and I_p(a, b) of whole a and b is such a tail.
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k);
    const sum = (k: number, n: number, p: number): number =>
      Array.from({ length: n - k + 1 }, (_, i) => choose(n, k + i) * p ** (k + i) * (1 - p) ** (n - k - i)).reduce((a, b) => a + b, 0);
    for (const [k, n, p] of [[3, 10, 0.2], [9, 10, 0.7], [60, 100, 0.5]] as const) close(binomialTail(k, n, p), sum(k, n, p), 1e-11); // biome-ignore format: three cases
    expect([binomialTail(0, 5, 0.3), binomialTail(6, 5, 0.3)]).toEqual([1, 0]);
    expect(binomialTails(5, 10, 0.5)).toBe(1);
    close(binomialTails(0, 10, 0.5), 2 * 0.5 ** 10, 1e-12);
  });
});

it("the chi-square quantile inverts its distribution, and is that of the printed tables", () => {
  close(chiSquareQuantile(0.95, 1), 3.841458820694124, 1e-12);
  close(chiSquareQuantile(0.99, 5), 15.08627246938899, 1e-12);
  for (const degrees of [1, 2, 17, 784])
    for (const p of [1e-6, 0.1, 0.5, 0.999]) close(chiSquareCdf(chiSquareQuantile(p, degrees), degrees), p, 1e-9);
});

describe("Kolmogorov and Smirnov's test", () => {
  it("has the printed critical values, and joins its two series", () => {
    for (const [x, p] of [[1.2238, 0.1], [1.3581, 0.05], [1.6276, 0.01]] as const) expect(kolmogorovTail(x)).toBeCloseTo(p, 4); // biome-ignore format: a table
    expect(kolmogorovTail(1 - 1e-12)).toBeCloseTo(kolmogorovTail(1 + 1e-12), 10);
    expect([kolmogorovTail(0), kolmogorovTail(40)]).toEqual([1, 0]);
  });

  it("finds the largest gap on either side of a step", () => {
    expect(kolmogorovSmirnov([0.5], (x) => x).statistic).toBe(0.5);
    expect(kolmogorovSmirnov([0.1, 0.2, 0.3, 0.4], (x) => x).statistic).toBeCloseTo(0.6, 12);
    expect(kolmogorovSmirnov([0.7, 0.8], (x) => x).statistic).toBeCloseTo(0.7, 12);
  });

  it("rejects what follows its distribution in 1 of 20 repetitions, with 10 values and with 200", () => {
    const count = rejections((seed) => ({
      ten: kolmogorovSmirnov(normalRows(10, 1, seed).data, normalCdf).pValue,
      more: kolmogorovSmirnov(uniforms(seed, 0, 200, 1, "base").map(normalQuantile), normalCdf).pValue,
    }));
    for (const value of Object.values(count)) expect(value).toBeLessThanOrEqual(mostByChance);
  });
});

describe("Anderson and Darling's test", () => {
  const even = (n: number) => Float64Array.from({ length: n }, (_, i) => (i + 0.5) / n);

  it("has the printed critical values, whose A² those numbers reach", () => {
    expect(andersonDarling([0.5]).statistic).toBeCloseTo(2 * Math.LN2 - 1, 12);
    // Powers of evenly spread numbers have any A² that is wanted.
    for (const [critical, p] of [
      [1.933, 0.1],
      [2.4924, 0.05],
      [3.8781, 0.01],
    ] as const) {
      // biome-ignore format: a table
      let [low, high] = [1, 9];
      const at = (power: number) => andersonDarling(even(2000).map((u) => u ** power));
      while (high - low > 1e-9)
        [low, high] = at((low + high) / 2).statistic < critical ? [(low + high) / 2, high] : [low, (low + high) / 2];
      expect(Math.abs(at(low).pValue - p)).toBeLessThan(0.01 * p);
    }
  });

  it("keeps its level from 10 numbers on, sees what is too narrow, and its tail falls to the end", () => {
    const count = rejections((seed) => ({
      ten: andersonDarling(uniforms(seed, 0, 10, 1, "base")).pValue,
      more: andersonDarling(uniforms(seed, 9, 300, 1, "base")).pValue,
      narrow: andersonDarling(uniforms(seed, 9, 120, 1, "base").map((u) => 0.25 + u / 2)).pValue,
    }));
    expect(count.ten).toBeLessThanOrEqual(mostByChance);
    expect(count.more).toBeLessThanOrEqual(mostByChance);
    expect(count.narrow).toBe(200);
    const powers = [1, 1.5, 2, 3, 5, 9].map((power) => andersonDarling(even(100).map((u) => u ** power)).pValue);
    expect(powers).toEqual([...powers].sort((a, b) => b - a));
    expect(powers.at(-1)).toBeLessThan(1e-20);
    expect(powers[0]).toBe(1);
  });
});

it("medians and variances are those of their definitions", () => {
  expect([medianOf([3, 1, 2]), medianOf([4, 1, 2, 3]), varianceOf([1, 2, 3])]).toEqual([2, 2.5, 2 / 3]);
});
