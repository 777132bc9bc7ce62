import { normals, uniforms } from "@flows/core/author";
import { expect, it } from "vitest";
import { meanWithError } from "./heavy-error.js";

const n = 1000;
const repetitions = 400;

/** How often 1.96 standard errors around the mean reach the true one. */
function coverage(sample: (seed: number) => Float64Array, truth: number, error = (values: Float64Array) => meanWithError(values)): number {
  let held = 0;
  for (let seed = 0; seed < repetitions; seed++) {
    const { mean, standardError } = error(sample(seed));
    if (Math.abs(mean - truth) < 1.96 * standardError) held++;
  }
  return held / repetitions;
}

const usual = (values: Float64Array) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  return { mean, standardError: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1) / n) };
};
const pareto = (seed: number) => uniforms(seed, 0, n, 1, "choice").map((u) => u ** (-1 / 1.5));
const gauss = (seed: number) => Float64Array.from(normals(seed, 0, n, 1));

it("covers the mean of light tails 95 times of 100, and is the usual error there", () => {
  expect(Math.abs(coverage(gauss, 0) - 0.95)).toBeLessThan(0.03);
  const values = gauss(7);
  expect(meanWithError(values).standardError / usual(values).standardError).toBeLessThan(1.03);
});

it("covers the mean of tails without a variance, where the usual error does not", () => {
  expect(coverage(pareto, 3)).toBeGreaterThan(0.88);
  expect(coverage(pareto, 3, usual)).toBeLessThan(0.82);
});

it("is 0 of equal values, infinite where the mean is, and finite where a few values differ", () => {
  expect(meanWithError([2, 2, 2])).toEqual({ mean: 2, standardError: 0 });
  expect(meanWithError([0, Number.POSITIVE_INFINITY])).toEqual({ mean: Infinity, standardError: Infinity });
  const few = meanWithError(Float64Array.from({ length: 100 }, (_, i) => (i === 0 ? 1 : 0)));
  expect(few.standardError).toBeGreaterThan(0.01);
  expect(few.standardError).toBeLessThan(0.5);
});
