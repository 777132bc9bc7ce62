import { isFlowsError, type Rows } from "@flows/core";
import { normals } from "@flows/core/author";
import { expect, it } from "vitest";
import { diversity, moments } from "./moments.js";
import { split, splitIndices } from "./split.js";
import { standardisation, standardise } from "./standardise.js";

const rows: Rows = { data: Float64Array.of(1, 10, 2, 30, 6, 20), shape: [3, 2] };

it("standardise gives mean 0 and variance 1 with divisor n, and unapply undoes it", () => {
  const standard = standardise(rows);
  expect(standard.shift).toEqual([3, 20]);
  expect(standard.scale[1]).toBeCloseTo(Math.sqrt(200 / 3), 12);
  expect(standard.logScale).toBeCloseTo(Math.log(Math.sqrt(14 / 3)) + Math.log(Math.sqrt(200 / 3)), 12);
  const z = standard.apply(rows);
  const { mean, variance } = moments(z);
  for (const value of mean) expect(value).toBeCloseTo(0, 12);
  for (const value of variance) expect(value).toBeCloseTo(1, 12);
  standard.unapply(z).data.forEach((value, i) => void expect(value).toBeCloseTo(rows.data[i]!, 12));
  expect(standardisation({ shift: standard.shift, scale: standard.scale }).apply(rows)).toEqual(z);
});

it("standardise keeps float32 rows in float32 and works far from 0", () => {
  const data = normals(0, 0, 1000, 1).map((value) => 1e5 + value);
  const standard = standardise({ data, shape: [1000, 1] });
  expect(standard.apply({ data, shape: [1000, 1] }).data).toBeInstanceOf(Float32Array);
  expect(Math.abs(standard.scale[0]! - 1)).toBeLessThan(0.1);
});

it("a constant column is named, as are values that are not finite, no rows, and other widths", () => {
  const constant: Rows = { data: Float64Array.of(1, 0.1, 2, 0.1, 3, 0.1), shape: [3, 2] };
  expect(() => standardise(constant)).toThrow(/column 2 is constant at 0.1/);
  expect(() => standardise(constant, ["a", "weight"], "data.csv")).toThrow(/^data.csv: column "weight" is constant/);
  expect(() => standardise({ data: Float64Array.of(1, Number.NaN), shape: [2, 1] }, ["a"])).toThrow(
    /column "a" holds a value that is not finite/,
  );
  expect(() => standardise({ data: new Float64Array(0), shape: [0, 2] })).toThrow(/no rows/);
  expect(() => standardise(rows).apply({ data: new Float64Array(3), shape: [1, 3] })).toThrow(/expected rows of shape \[n, 2\]/);
  expect(() => standardisation({ shift: [0], scale: [0] })).toThrow(/scale must be positive/);
  expect(() => standardisation({ shift: [0, 0], scale: [1] })).toThrow(/2 shifts for 1 scales/);
  try {
    standardise(constant);
  } catch (error) {
    expect(isFlowsError(error) && error.code).toBe("data");
  }
});

it("diversity is the mean variance, 0 for rows that are all the same", () => {
  expect(diversity(rows)).toBeCloseTo((14 / 3 + 200 / 3) / 2, 12);
  expect(diversity({ data: Float64Array.of(2, 2), shape: [2, 1] })).toBe(0);
});

it("split deals every row once, the same for a seed", () => {
  const { train, validation, test } = splitIndices(100, { validation: 0.1, test: 0.2, seed: 1 });
  expect([train.length, validation.length, test.length]).toEqual([70, 10, 20]);
  expect([...train, ...validation, ...test].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  expect(splitIndices(100, { validation: 0.1, test: 0.2, seed: 1 }).test).toEqual(test);
  expect(splitIndices(100, { validation: 0.1, test: 0.2, seed: 2 }).test).not.toEqual(test);
  for (const part of [train, validation, test]) expect(part).toEqual(part.slice().sort());
  expect(split(rows, { seed: 3 }).train).toEqual(rows);
  const parts = split(rows, { validation: 0.1, seed: 0 });
  expect([parts.train.shape, parts.validation.shape, parts.test.shape]).toEqual([[2, 2], [1, 2], [0, 2]]); // biome-ignore format: three shapes
});

it("split refuses shares that leave nothing to train on", () => {
  expect(() => split(rows, { validation: 0.5, test: 0.5, seed: 0 })).toThrow(/leave none to train on/);
  for (const share of [-0.1, 1, Number.NaN]) expect(() => split(rows, { test: share, seed: 0 })).toThrow(/test must be a share/);
});
