import { expect, it } from "vitest";
import { standardisation, standardise } from "../standardise.js";
import { banana } from "../toys/banana.js";
import { checkerboard } from "../toys/checkerboard.js";
import { circles } from "../toys/circles.js";
import { pinwheel } from "../toys/pinwheel.js";
import { ring } from "../toys/ring.js";
import { bimodal, twoBlobs } from "../toys/two-modes.js";
import { twoMoons } from "../toys/two-moons.js";
import { floor } from "./floor.js";
import { freshPoints, natsAboveFloor } from "./nats-above-floor.js";
import { volumePreservingFloors } from "./volume-preserving.js";

const half = 0.51e-4; // the printed figures have four digits

const table = [
  { toy: twoMoons({ noise: 0.05 }), raw: 0.2892, standardised: 1.1312 },
  { toy: twoMoons({ noise: 0.06 }), raw: 0.477, standardised: 1.3161 },
  { toy: circles({ factor: 0.4, noise: 0.06 }), raw: 0.6751, standardised: 1.9006 },
  { toy: ring({ modes: 8, radius: 3, sd: 0.25 }), raw: 2.1447, standardised: 0.6268 },
  { toy: twoBlobs({ sd: 0.5 }), raw: 2.1446, standardised: 2.1143 },
  { toy: twoBlobs({ sd: 0.3 }), raw: 1.1231, standardised: 1.6228 },
];

it("floors are those of the acceptance table, raw and standardised, and each density integrates to 1", () => {
  for (const { toy, raw, standardised } of table) {
    const { mass, mean, sd } = toy.population!;
    expect(Math.abs(mass - 1), toy.name).toBeLessThan(1e-8);
    expect(Math.abs(floor(toy)! - raw), toy.name).toBeLessThan(half);
    expect(Math.abs(floor(toy, { standardisation: standardisation({ shift: mean, scale: sd }) })! - standardised), toy.name).toBeLessThan(
      half,
    );
  }
});

it("a ring's floor given the mode is that of one Gaussian", () => {
  expect(floor(ring(), { givenLabel: true })).toBeCloseTo(1 + Math.log(2 * Math.PI * 0.25 ** 2), 10);
  expect(Math.abs(floor(ring(), { givenLabel: true })! - 0.0653)).toBeLessThan(half);
});

it("the floors of volume-preserving flows are those of the acceptance table", () => {
  const { unscaled, scaled } = volumePreservingFloors(twoMoons());
  expect(Math.abs(unscaled - 1.9194)).toBeLessThan(half);
  expect(Math.abs(scaled - 0.3304)).toBeLessThan(half);
});

it("a standard normal's nats above the floor have the expected mean, on exactly standardised rows", () => {
  const toy = twoMoons({ noise: 0.06 });
  const { rows } = freshPoints(toy, 0);
  const standard = standardise(rows);
  const z = standard.apply(rows);
  const logProb = Float64Array.from(
    { length: 20_000 },
    (_, i) => -Math.log(2 * Math.PI) - 0.5 * (z.data[2 * i]! ** 2 + z.data[2 * i + 1]! ** 2),
  );
  const gap = natsAboveFloor({ toy, rows, logProb, standardisation: standard })!;
  expect(Math.abs(gap.mean - (1 + Math.log(2 * Math.PI) - floor(toy, { standardisation: standard })!))).toBeLessThan(5 * gap.standardError);
  expect(gap.standardError).toBeLessThan(0.01);
});

it("the truth itself is 0 nats above the floor, with and without labels, and an offset is the offset", () => {
  const toy = ring();
  const { rows, labels } = freshPoints(toy, 1, 1000);
  expect(natsAboveFloor({ toy, rows, logProb: toy.logDensity!(rows) })).toMatchObject({ mean: 0, standardError: 0 });
  const missed = toy.logDensity!(rows).map((value, i) => (i === 700 ? value - 20 : i === 30 ? value - 3 : value));
  const { worst, standardError } = natsAboveFloor({ toy, rows, logProb: missed })!;
  expect(worst.slice(0, 2).map(({ row, gap }) => [row, Math.round(gap)])).toEqual([
    [700, 20],
    [30, 3],
  ]);
  expect(standardError).toBeGreaterThan(0.02);
  const logProb = toy.logDensityGivenLabel!(rows, labels).map((value) => value - 0.25);
  expect(natsAboveFloor({ toy, rows, logProb, labels })!.mean).toBeCloseTo(0.25, 12);
});

it("nats above the floor are null without a truth, infinite without density, and refuse NaN and other lengths", () => {
  const { rows } = freshPoints(pinwheel(), 0, 10);
  expect(natsAboveFloor({ toy: pinwheel(), rows, logProb: new Float32Array(10) })).toBeNull();
  expect(floor(pinwheel())).toBeNull();
  const blobs = freshPoints(twoBlobs(), 0, 3).rows;
  expect(natsAboveFloor({ toy: twoBlobs(), rows: blobs, logProb: Float32Array.of(0, Number.NEGATIVE_INFINITY, 0) })!.mean).toBe(Infinity);
  expect(() => natsAboveFloor({ toy: twoBlobs(), rows: blobs, logProb: Float32Array.of(0, Number.NaN, 0) })).toThrow(/NaN in row 1/);
  expect(() => natsAboveFloor({ toy: twoBlobs(), rows: blobs, logProb: new Float32Array(2) })).toThrow(/got 2 for 3/);
});

it("fresh points are none of the training rows, and the same for a seed", () => {
  const toy = twoMoons();
  const training = new Set(toy.sample(10_000, 0).data);
  const { data } = freshPoints(toy, 0, 1000).rows;
  expect(data.filter((value) => training.has(value)).length).toBeLessThan(20); // float32 values of independent draws may agree
  expect(freshPoints(toy, 0, 1000).rows.data).toEqual(data);
});

const known = [twoMoons(), circles(), ring(), twoBlobs(), bimodal(), banana(), checkerboard(), checkerboard({ cells: 3, width: 7 })];

it.each(known)("$name: 200,000 samples have the density's entropy and moments", (toy) => {
  const n = 200_000;
  const rows = toy.sample(n, 5);
  const log = toy.logDensity!(rows);
  const within = (values: ArrayLike<number>, truth: number, what: string): void => {
    let [total, squares] = [0, 0];
    for (let i = 0; i < n; i++) [total, squares] = [total + values[i]!, squares + values[i]! ** 2];
    const error = Math.sqrt((squares / n - (total / n) ** 2) / n);
    expect(Math.abs(total / n - truth), `${toy.name} ${what}`).toBeLessThan(5 * error + 1e-6);
  };
  const { entropy, entropyGivenLabel, mean, sd } = toy.population!;
  within(log, -entropy, "entropy");
  within(toy.logDensityGivenLabel!(rows, toy.labels(n, 5)), -entropyGivenLabel, "entropy given the label");
  for (let k = 0; k < toy.features; k++) {
    const column = Float64Array.from({ length: n }, (_, i) => rows.data[i * toy.features + k]!);
    within(column, mean[k]!, `mean ${k}`);
    within(
      column.map((x) => (x - mean[k]!) ** 2),
      sd[k]! ** 2,
      `variance ${k}`,
    );
  }
});

it("a density too fine for its floor is refused with what to do", () => {
  expect(() => twoMoons({ noise: 0.001 })).toThrow(/noise is too small.*Make it larger/);
});
