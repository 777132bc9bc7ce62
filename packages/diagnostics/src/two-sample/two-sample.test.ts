import { describe, expect, it } from "vitest";
import { mostByChance, normalRows, powerful, rejections } from "../testing/rejections.js";
import { energyDistance } from "./energy-distance.js";
import { mmd } from "./mmd.js";
import { neighbourVote } from "./neighbour-vote.js";
import { pooled } from "./pooled.js";

const n = 80;
const rejected = (change?: (value: number) => number) =>
  rejections((seed) => {
    const [a, b] = [normalRows(n, 2, seed), normalRows(n, 2, seed, n, change)];
    const options = { seed, permutations: 99 };
    return {
      energy: energyDistance(a, b, options).pValue,
      mmd: mmd(a, b, options).pValue,
      vote: neighbourVote(pooled("c2st", a, b), 5, options).pValue,
    };
  });

describe("two-sample tests over 200 repetitions at level 0.05", () => {
  it("reject samples of one source no more often than they say", () => {
    for (const count of Object.values(rejected())) expect(count).toBeLessThanOrEqual(mostByChance);
  });

  it.each([
    ["a biased", (value: number) => value + 0.9],
    ["an overconfident", (value: number) => 0.4 * value],
    ["a too wide", (value: number) => 2.5 * value],
  ])("reject %s sample 19 times in 20", (_, change) => {
    for (const count of Object.values(rejected(change))) expect(count).toBeGreaterThanOrEqual(powerful);
  });
});

const points = (values: readonly number[]) => values.map((value) => [value]);
const line = points([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
const moved = points([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);

describe("their statistics", () => {
  it("energy distance is the integral of 2 (F - G)² in one dimension", () => {
    // F - G is 1/10 from 0 to 10.
    expect(energyDistance(line, moved).statistic).toBeCloseTo(2 * 10 * 0.01, 6);
    expect(energyDistance(line, line).statistic).toBeCloseTo(0, 12);
  });

  it("MMD² is the one of its definition, pair by pair", () => {
    const kernel = (x: number, y: number) => Math.exp(-0.5 * ((x - y) / 2) ** 2);
    const [x, y] = [line.flat(), moved.flat()];
    const mean = (a: number[], b: number[], same: boolean) =>
      a.reduce((sum, p, i) => sum + b.reduce((part, q, j) => part + (same && i === j ? 0 : kernel(p, q)), 0), 0) /
      (a.length * (b.length - Number(same)));
    const expected = mean(x, x, true) + mean(y, y, true) - 2 * mean(x, y, false);
    expect(mmd(line, moved, { bandwidth: 2 }).statistic).toBeCloseTo(expected, 6);
  });

  it("the median heuristic takes the median distance", () => {
    expect(mmd(points(Array.from({ length: 10 }, () => 0)), points(Array.from({ length: 10 }, () => 3))).bandwidth).toBe(3);
  });

  it("samples of other sizes keep the level", () => {
    const { vote: count } = rejections((seed) => {
      const pool = pooled("c2st", normalRows(20, 1, seed), normalRows(60, 1, seed, 20));
      return { vote: neighbourVote(pool, 5, { seed, permutations: 39 }).pValue };
    });
    expect(count).toBeLessThanOrEqual(mostByChance);
  });
});

describe("any units", () => {
  const [a, b] = [normalRows(40, 2, 1), normalRows(40, 2, 1, 40, (value) => value + 0.5)];
  const times = (rows: typeof a, unit: number) => ({ ...rows, data: Float64Array.from(rows.data, (value) => value * unit) });

  it.each([1e-300, 1e-160, 1e-30, 1e30, 1e160, 1e300])("times %d, distances scale and p-values stay", (unit) => {
    const [energy, scaled] = [energyDistance(a, b), energyDistance(times(a, unit), times(b, unit))];
    expect(scaled.statistic / unit / energy.statistic).toBeCloseTo(1, 5);
    expect(scaled.pValue).toBe(energy.pValue);
    const [one, other] = [mmd(a, b), mmd(times(a, unit), times(b, unit))];
    expect(other.statistic).toBeCloseTo(one.statistic, 6);
    expect(other.bandwidth / unit / one.bandwidth).toBeCloseTo(1, 5);
    expect(other.pValue).toBe(one.pValue);
    expect(mmd(times(a, unit), times(b, unit), { bandwidth: 2 * unit }).statistic).toBeCloseTo(mmd(a, b, { bandwidth: 2 }).statistic, 6);
  });

  it("a distance beyond the largest double is an error, and one row far off is none", () => {
    const ends = points(line.map(([value]) => (value! % 2 === 0 ? -1 : 1) * Number.MAX_VALUE));
    const [plus, minus] = [1, -1].map((sign) => points(line.map(() => sign * Number.MAX_VALUE)));
    expect(() => energyDistance(plus!, minus!)).toThrow(/beyond the largest double.*larger units/);
    expect(() => mmd(ends, ends)).toThrow(/beyond the largest double/);
    const far = energyDistance(line, points([1e200, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
    expect(Number.isFinite(far.statistic)).toBe(true);
  });
});

const tests = { energyDistance, mmd };
describe.each(Object.entries(tests))("%s refuses", (name, test) => {
  const same = points(Array.from({ length: 12 }, () => 4));
  it.each([
    ["few rows", [line.slice(0, 9), line], /first sample: 9 rows came, at least 10/],
    ["other columns", [line, line.map(([v]) => [v!, v!])], /rows of 1 columns cannot be compared with rows of 2/],
    ["duplicates only", [same, same], /every row of both samples is the same/],
    ["NaN", [line, [...line.slice(1), [Number.NaN]]], /second sample: row 9, column 0 is NaN/],
    ["too many rows", [normalRows(4000, 1, 0), normalRows(4000, 1, 1)], /8000 rows have too many pairs/],
  ] as const)("%s", (_, [a, b], words) => {
    expect(() => test(a, b)).toThrow(words);
    expect(() => test(a, b)).toThrow(name);
  });

  it("few permutations", () => {
    expect(() => test(line, moved, { permutations: 5 })).toThrow(/permutations must be a whole number from 19/);
  });
});

it("mmd refuses a median distance of 0", () => {
  const mostly = points([...Array.from({ length: 30 }, () => 1), 2]);
  expect(() => mmd(mostly, mostly)).toThrow(/more than half of all pairs of rows are duplicates.*Give a bandwidth/);
  expect(() => mmd(line, moved, { bandwidth: 0 })).toThrow(/bandwidth must be a finite number above 0/);
});
