import { expect, it } from "vitest";
import golden from "./fixtures/golden-normals.json";
import { normals } from "./normal.js";
import { type Stream, streams } from "./streams.js";
import { uniforms } from "./uniform.js";

const names = Object.keys(streams) as Stream[];

const bits = (values: Float32Array): string[] => [...new Uint32Array(values.buffer)].map((word) => word.toString(16).padStart(8, "0"));

it("normals give the stored bit patterns", () => {
  for (const { seed, first, stream, width, rows, bits: wanted } of golden.cases)
    expect(bits(normals(seed, first, rows, width, names[stream]!)), `seed ${seed}`).toEqual(wanted);
});

it("a row is the same whatever first, n and width are", () => {
  const all = normals(7, 0, 100, 5);
  expect(normals(7, 40, 3, 5)).toEqual(all.slice(200, 215));
  const narrow = normals(7, 0, 100, 2);
  for (let row = 0; row < 100; row++) expect([...narrow.slice(2 * row, 2 * row + 2)]).toEqual([...all.slice(5 * row, 5 * row + 2)]);
});

it("seeds and streams differ", () => {
  const seen = new Set<string>();
  for (const seed of [0, 1, 2 ** 32, 2 ** 32 + 1]) for (const stream of names) seen.add(bits(normals(seed, 0, 1, 1, stream)).join());
  expect(seen.size).toBe(4 * names.length);
});

it("a million normals have the moments and the distribution function of a normal", () => {
  const n = 1_000_000;
  const z = normals(3, 0, n / 2, 2);
  const moment = (power: number): number => z.reduce((total, value) => total + value ** power, 0) / n;
  expect(Math.abs(moment(1))).toBeLessThan(5 / Math.sqrt(n));
  expect(Math.abs(moment(2) - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
  expect(Math.abs(moment(3))).toBeLessThan(5 * Math.sqrt(15 / n));
  expect(Math.abs(moment(4) - 3)).toBeLessThan(5 * Math.sqrt(96 / n));
  expect(Math.sqrt(n) * distanceToNormal(z.slice().sort())).toBeLessThan(1.95); // Kolmogorov-Smirnov at 0.001
});

it("neighbouring columns and rows are uncorrelated", () => {
  const n = 200_000;
  const z = normals(4, 0, n, 2);
  const correlation = (lag: number): number => z.reduce((total, value, i) => total + value * (z[i + lag] ?? 0), 0) / (2 * n);
  for (const lag of [1, 2, 3, 4]) expect(Math.abs(correlation(lag))).toBeLessThan(5 / Math.sqrt(2 * n));
});

it("uniforms stay strictly inside (0, 1)", () => {
  const u = uniforms(5, 0, 100_000, 1, "choice");
  expect(u.every((value) => value > 0 && value < 1)).toBe(true);
  expect(Math.abs(u.reduce((a, b) => a + b) / u.length - 0.5)).toBeLessThan(5 / Math.sqrt(12 * u.length));
});

it("seeds and counts that are no counting numbers are refused by name", () => {
  for (const seed of [-1, 0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY])
    expect(() => normals(seed, 0, 1, 1)).toThrow(/seed must be an integer from 0 to 9007199254740991, got/);
  expect(() => normals(0, -1, 1, 1)).toThrow(/first must be/);
  expect(() => normals(0, 0, 1.5, 1)).toThrow(/n must be/);
  expect(() => normals(0, 0, 1, -2)).toThrow(/width must be/);
  expect(() => uniforms(0, 2 ** 53 - 1, 2, 1, "base")).toThrow(/last row/);
});

/** Largest distance between the sample's distribution function and the normal's, at every 50th point. */
function distanceToNormal(sorted: Float32Array): number {
  let worst = 0;
  for (let i = 0; i < sorted.length; i += 50) worst = Math.max(worst, Math.abs((i + 0.5) / sorted.length - normalCdf(sorted[i]!)));
  return worst;
}

/** Phi(z) by 40 Simpson panels from 0: good to 1e-6, far below what the test resolves. */
function normalCdf(z: number): number {
  const panels = 40;
  const step = z / (2 * panels);
  let total = 0;
  for (let i = 0; i <= 2 * panels; i++) {
    const weight = i === 0 || i === 2 * panels ? 1 : i % 2 === 1 ? 4 : 2;
    total += weight * Math.exp(-0.5 * (i * step) ** 2);
  }
  return 0.5 + (total * step) / 3 / Math.sqrt(2 * Math.PI);
}
