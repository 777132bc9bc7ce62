import { accepts } from "@flows/acceptance";
import type { Rows } from "@flows/core";
import { expect, it } from "vitest";
import { floor } from "../floors/floor.js";
import { diversity, moments } from "../moments.js";
import { parseToy, toyNames } from "../parse-toy.js";
import { standardise } from "../standardise.js";
import { checkerboard } from "./checkerboard.js";
import { circles } from "./circles.js";
import { pinwheel } from "./pinwheel.js";
import { ring } from "./ring.js";
import { bimodal, twoBlobs } from "./two-modes.js";
import { twoMoons } from "./two-moons.js";

const column = ({ data, shape }: Rows, k: number): Float64Array =>
  Float64Array.from({ length: shape[0] }, (_, i) => data[i * shape[1]! + k]!);

const rms = (values: Float64Array): number => Math.sqrt(values.reduce((total, value) => total + value * value, 0) / values.length);

it.each(toyNames)("%s: row i of a seed is always the same row, and seeds differ", (name) => {
  const { toy } = parseToy(`toy:${name}`);
  const all = toy.sample(50, 3);
  expect(all.shape).toEqual([50, toy.features]);
  expect(all.data).toBeInstanceOf(Float32Array);
  expect(toy.sample(10, 3, 20).data).toEqual(all.data.slice(20 * toy.features, 30 * toy.features));
  expect(toy.labels(10, 3, 20)).toEqual(toy.labels(50, 3).slice(20, 30));
  expect(toy.sample(50, 4).data).not.toEqual(all.data);
  expect(toy.sample(0, 3).shape).toEqual([0, toy.features]);
});

/** Distance of every row from the noise-free arc of its label. */
function moonResiduals(n: number, noise: number): Float64Array {
  const toy = twoMoons({ noise });
  const { data } = toy.sample(n, 0);
  const labels = toy.labels(n, 0);
  return Float64Array.from({ length: n }, (_, i) => {
    const [x, y] = [data[2 * i]!, data[2 * i + 1]!];
    const [u, v] = labels[i] === 0 ? [x, y] : [1 - x, 0.5 - y];
    return v > 0 ? Math.hypot(u, v) - 1 : Number.NaN;
  }).filter((value) => !Number.isNaN(value));
}

it("two moons are the documents' data", () => {
  for (const noise of [0.05, 0.06]) expect(Math.abs(rms(moonResiduals(10_000, noise)) / noise - 1)).toBeLessThan(0.05);
  const { toy, n, standardize } = parseToy("toy:two-moons?n=4000&noise=0.06&standardize=true");
  const rows = toy.sample(n, 0);
  const { mean, variance } = moments(standardise(rows).apply(rows));
  const worst = Math.max(...mean.map(Math.abs), ...variance.map((value) => Math.abs(value - 1)));
  expect([n, standardize, rows.shape]).toEqual([4000, true, [4000, 2]]);
  expect(Math.abs(floor(toy, { standardisation: standardise(rows) })! - 1.3161)).toBeLessThan(0.03);
  accepts("000.1", { value: worst, atMost: 1e-6 });
});

it("two moons of 004 lie where the document says", () => {
  const rows = twoMoons({ noise: 0.05 }).sample(2000, 0);
  const [x, y] = [column(rows, 0), column(rows, 1)];
  const inside = x.every((value) => value > -1.5 && value < 2.5) && y.every((value) => value > -1 && value < 1.5);
  expect(Math.min(...x)).toBeLessThan(-0.95);
  expect(Math.max(...x)).toBeGreaterThan(1.95);
  expect(Math.min(...y)).toBeLessThan(-0.45);
  expect(Math.max(...y)).toBeGreaterThan(0.95);
  accepts("004.122", {
    behaviour: "2,000 rows, noise 0.05, within [-1.5, 2.5] x [-1, 1.5] and reaching both moons' tips, not standardised",
    passed: inside,
  });
});

it("two circles are the documents' data", () => {
  const toy = circles({ factor: 0.4, noise: 0.06 });
  const rows = toy.sample(4000, 0);
  const labels = toy.labels(4000, 0);
  const radii = Float64Array.from({ length: 4000 }, (_, i) => Math.hypot(rows.data[2 * i]!, rows.data[2 * i + 1]!));
  const ratio = mean(radii.filter((_, i) => labels[i] === 1)) / mean(radii.filter((_, i) => labels[i] === 0));
  expect(Math.abs(rms(radii.map((r, i) => r - (labels[i] === 1 ? 0.4 : 1))) / 0.06 - 1)).toBeLessThan(0.05);
  const { mean: shift, variance } = moments(standardise(rows).apply(rows));
  expect(Math.max(...shift.map(Math.abs), ...variance.map((value) => Math.abs(value - 1)))).toBeLessThan(1e-6);
  accepts("000.2", { value: ratio, expected: 0.4, tolerance: 0.01 });
});

it("the ring is as its docstring says: 8 modes at radius 3, sd 0.25, modes at random, diversity as defined", () => {
  const toy = ring();
  expect(toy.config).toEqual({ modes: 8, radius: 3, sd: 0.25 });
  const n = 20_000;
  const labels = toy.labels(n, 42);
  const { data } = toy.sample(n, 42);
  for (let mode = 0; mode < 8; mode++) {
    const share = labels.filter((label) => label === mode).length / n;
    expect(Math.abs(share - 1 / 8)).toBeLessThan(5 * Math.sqrt(7 / 64 / n));
  }
  const offsets = Float64Array.from(data, (x, i) => {
    const angle = (2 * Math.PI * labels[i >> 1]!) / 8;
    return x - 3 * (i % 2 === 0 ? Math.cos(angle) : Math.sin(angle));
  });
  expect(Math.abs(rms(offsets) - 0.25)).toBeLessThan(5 * 0.25 / Math.sqrt(4 * n)); // biome-ignore format: a standard error
  const spread = diversity({ data, shape: [n, 2] });
  accepts("001.4", { value: spread, expected: 4.5625, tolerance: 0.1 });
});

it("the bimodal density on the line is 0.5 N(-2, 0.5²) + 0.5 N(2, 0.5²)", () => {
  const at = [-3, -2, 0, 0.4, 2];
  const got = bimodal().logDensity!({ data: Float64Array.from(at), shape: [5, 1] });
  const peak = (x: number, centre: number): number => Math.exp(-2 * (x - centre) ** 2) / (0.5 * Math.sqrt(2 * Math.PI));
  const worst = Math.max(...at.map((x, i) => Math.abs(Math.exp(got[i]!) - 0.5 * peak(x, -2) - 0.5 * peak(x, 2))));
  accepts("004.4", { value: worst, atMost: 1e-12 });
});

it("the checkerboard fills every other cell and nothing else", () => {
  const log = checkerboard().logDensity!({ data: Float64Array.of(-3, -3, -1, -3, 1, 1, 5, 5), shape: [4, 2] });
  expect([...log]).toEqual(
    [-Math.log(32), Number.NEGATIVE_INFINITY, -Math.log(32), Number.NEGATIVE_INFINITY].map((v) => expect.closeTo(v, 12)),
  );
  expect(checkerboard().logDensity!(checkerboard().sample(100_000, 1)).every(Number.isFinite)).toBe(true);
});

it("the pinwheel's arms are equal up to a turn", () => {
  const toy = pinwheel({ arms: 3 });
  const { mean: centre } = moments(toy.sample(100_000, 2));
  expect(Math.hypot(...centre)).toBeLessThan(0.03);
  expect(toy.logDensity).toBeUndefined();
  expect(toy.population).toBeUndefined();
});

it("configs that make no density are refused by name", () => {
  expect(() => twoMoons({ noise: 0 })).toThrow(/two-moons: noise must be/);
  expect(() => twoMoons({ noise: Number.NaN })).toThrow(/noise must be/);
  expect(() => circles({ factor: 1 })).toThrow(/factor must be below 1/);
  expect(() => ring({ modes: 2.5 })).toThrow(/modes must be a whole number/);
  expect(() => twoBlobs({ sd: -1 })).toThrow(/two-blobs: sd must be/);
  expect(() => checkerboard({ cells: 0 })).toThrow(/cells must be/);
  expect(() => pinwheel({ rate: Infinity })).toThrow(/rate must be/);
  expect(() => ring().sample(1, -1)).toThrow(/seed must be/);
  expect(() => ring().logDensity!({ data: new Float64Array(3), shape: [1, 3] })).toThrow(
    /ring: expected rows of shape \[n, 2\], got \[1,3\]/,
  );
  expect(() => ring().logDensityGivenLabel!(ring().sample(2, 0), [0, 8])).toThrow(/from 0 to 7, got 8 in row 1/);
  expect(() => ring().logDensityGivenLabel!(ring().sample(2, 0), [0])).toThrow(/expected 2 labels/);
});

const mean = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / values.length;
