import type { Rows } from "@flows/core";
import { describe, expect, it } from "vitest";
import { mostByChance, normalRows, powerful, rejections } from "../testing/rejections.js";
import { checkLatents } from "./check-latents.js";

const n = 300;
/** Two coordinates that vary together, each of variance 1. */
function correlated(seed: number): Rows {
  const { data, shape } = normalRows(n, 2, seed);
  return { data: Float64Array.from(data, (value, i) => (i % 2 === 0 ? value : 0.4 * data[i - 1]! + Math.sqrt(1 - 0.16) * value)), shape };
}

/** Uniform on a ring of the radius that chi-square expects: right lengths, wrong coordinates. */
function ring(seed: number): Rows {
  const { data, shape } = normalRows(n, 2, seed);
  return { data: Float64Array.from(data, (value, i) => (i % 2 === 0 ? Math.abs(value) : value)), shape };
}

const rejected = (rows: (seed: number) => Rows) => rejections((seed) => ({ all: checkLatents(rows(seed)).pValue })).all;

describe("checkLatents over 200 repetitions at level 0.05", () => {
  it.each([1, 2, 10])("rejects standard normals of %i columns no more often than it says", (width) => {
    expect(rejected((seed) => normalRows(n, width, seed))).toBeLessThanOrEqual(mostByChance);
  });

  it.each([
    ["overconfident", (seed: number) => normalRows(n, 2, seed, 0, (z) => 1.4 * z)],
    ["too wide", (seed: number) => normalRows(n, 2, seed, 0, (z) => 0.7 * z)],
    ["biased", (seed: number) => normalRows(n, 2, seed, 0, (z) => z + 0.4)],
    ["correlated", correlated],
    ["folded", ring],
  ])("rejects %s latents 19 times in 20", (_, rows) => {
    expect(rejected(rows)).toBeGreaterThanOrEqual(powerful);
  });
});

describe("what it tells", () => {
  const check = checkLatents(normalRows(20_000, 2, 1));

  it("rings hold 39%, 86% and 99% in the plane, exactly 1 - exp(-r²/2)", () => {
    expect(check.rings.map(({ expected }) => expected)).toEqual([1, 2, 3].map((r) => expect.closeTo(1 - Math.exp(-(r ** 2) / 2), 12)));
    for (const { expected, observed, pValue } of check.rings) {
      expect(Math.abs(expected - observed)).toBeLessThan(0.01);
      expect(pValue).toBeGreaterThan(0.001);
    }
  });

  it("quantiles of |z|² against -2 log(1 - p)", () => {
    for (const { probability, expected, observed } of check.squaredNorm.quantiles) {
      expect(expected).toBeCloseTo(-2 * Math.log1p(-probability), 9);
      expect(observed / expected).toBeGreaterThan(0.85);
      expect(observed / expected).toBeLessThan(1.15);
    }
    expect(check.squaredNorm.expectedMean).toBe(2);
  });

  it("the mean of |z|² has a p-value of its own, small where it is off and large where only the shape is", () => {
    const { meanTooLong, right } = rejections((seed) => ({
      meanTooLong: checkLatents(normalRows(n, 6, seed, 0, (z) => 1.15 * z)).squaredNorm.meanPValue,
      right: checkLatents(normalRows(n, 6, seed)).squaredNorm.meanPValue,
    }));
    expect(meanTooLong).toBeGreaterThanOrEqual(powerful);
    expect(right).toBeLessThanOrEqual(mostByChance);
    // Signs alone: every |z|² is 2, its mean is right, its law is not.
    const signs = checkLatents(normalRows(n, 2, 1, 0, Math.sign)).squaredNorm;
    expect([signs.mean, signs.meanPValue > 0.5, signs.pValue < 1e-6]).toEqual([2, true, true]);
  });

  it("the strongest pair of columns", () => {
    const { data, shape } = normalRows(500, 4, 2);
    const tied = { data: Float64Array.from(data, (value, i) => (i % 4 === 3 ? -data[i - 2]! : value)), shape };
    expect(checkLatents(tied).correlations!.strongest).toEqual({ pair: [1, 3], correlation: expect.closeTo(-1, 12) });
    expect(checkLatents(normalRows(50, 1, 0)).correlations).toBeUndefined();
  });

  it("duplicates only are no standard normal", () => {
    const same = checkLatents(Array.from({ length: 50 }, () => [0.3, -0.2]));
    expect(same.pValue).toBeLessThan(1e-6);
    expect(same.correlations!.strongest.correlation).toBe(0);
  });

  it("refuses few rows and numbers that are not finite", () => {
    expect(() => checkLatents(normalRows(9, 2, 0))).toThrow(/checkLatents: latents: 9 rows came, at least 10 are needed/);
    expect(() => checkLatents(normalRows(12, 2, 0, 0, (z) => (z > 0 ? z : Number.NaN)))).toThrow(/row \d+, column \d is NaN/);
  });
});
