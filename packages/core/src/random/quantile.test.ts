import { expect, it } from "vitest";
import table from "./fixtures/normal-quantile.json";
import { normalQuantile } from "./quantile.js";

it("normalQuantile agrees with scipy's ndtri, tails included", () => {
  table.p.forEach((p, i) => {
    const z = table.z[i]!;
    expect(Math.abs(normalQuantile(p) - z) / (1e-300 + Math.abs(z)), `p = ${p}`).toBeLessThan(
      2e-15 + (p > 0.9 ? 1e-15 / (1 - p) / 100 : 0),
    );
  });
});

it("normalQuantile is odd about 1/2, and follows IEEE at the edges", () => {
  for (const p of [2 ** -52, 0.001, 0.075, 0.25, 0.4999]) expect(normalQuantile(1 - p)).toBe(-normalQuantile(1 - (1 - p)));
  expect(normalQuantile(0.5)).toBe(0);
  expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
  expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
  expect(normalQuantile(1.1)).toBeNaN();
  expect(normalQuantile(Number.NaN)).toBeNaN();
});
