import { expect, it } from "vitest";
import { cellCenters, contours, figure, heatmap, latticePoints, massLevels, panel, qqChiSquare } from "./index.js";

it("orders cells from the lowest y, x fastest", () => {
  expect([...cellCenters({ x: [0, 2], y: [10, 12], nx: 2, ny: 2 }).data]).toEqual([0.5, 10.5, 1.5, 10.5, 0.5, 11.5, 1.5, 11.5]);
});

it("finds the level that encloses half of the mass", () => {
  expect(massLevels([1, 4, 3, 2], [0.4, 0.7, 0.99])).toEqual([4, 3, 1]);
  expect(massLevels([0, Number.NaN])).toEqual([]);
});

it("keeps heat maps whole with values that are not finite", () => {
  const cells = { x: [0, 1], y: [0, 1], nx: 2, ny: 2 } as const;
  for (const values of [
    [0, Number.NEGATIVE_INFINITY, 1, 2],
    [Number.NaN, Number.NaN, Number.NaN, Number.NaN],
    [5, 5, 5, 5],
  ]) {
    const svg = figure({ panels: [panel({ marks: [heatmap({ ...cells, values }), contours({ ...cells, values })] })] });
    expect(svg).not.toMatch(/NaN|Infinity/);
    expect(svg).toContain("data:image/png;base64,");
  }
});

it("draws a lattice line by line", () => {
  const { data, shape } = latticePoints({ x: [0, 1], y: [0, 2], lines: 2, steps: 2 });
  expect(shape).toEqual([8, 2]);
  expect([...data]).toEqual([0, 0, 1, 0, 0, 2, 1, 2, 0, 0, 0, 2, 1, 0, 1, 2]);
});

it("compares squared norms with chi-square quantiles inside a band that holds them", () => {
  const uniform = Array.from({ length: 199 }, (_, i) => (i + 0.5) / 199);
  // Radii that are exactly the quantiles: every point must lie on the diagonal.
  const latents = uniform.map((p) => [Math.sqrt(-2 * Math.log1p(-p)), 0]);
  const [band, , dots] = qqChiSquare({ latents: [...latents, [Number.NaN, 1]] }).marks;
  const [expected, seen] = [Array.from(dots!.xs), Array.from(dots!.ys)];
  const [low, high] = [Array.from(band!.ys).slice(0, 199), Array.from(band!.ys).slice(199)];
  expect(seen.pop()).toBeNaN();
  for (const [i, value] of seen.entries()) {
    expect(value).toBeCloseTo(expected[i]!, 9);
    expect(value > low[i]! && value < high[i]!).toBe(true);
  }
});
