import { bimodal, ring, twoBlobs } from "@flows/datasets";
import { describe, expect, it } from "vitest";
import { normalCdf } from "../statistics/tails.js";
import { mostByChance, powerful, rejections } from "../testing/rejections.js";
import { bridgeMass } from "./bridge-mass.js";
import { diversity } from "./diversity.js";
import { modeCoverage } from "./mode-coverage.js";

describe("bridgeMass", () => {
  const ends = { from: [-2, 0], to: [2, 0] };

  it.each([
    [0.3, 4.29e-4],
    [0.5, 2.275e-2],
  ])("is q(|x₁| < 1) of two blobs of sd %f: %f", (sd, printed) => {
    // Either blob reaches from 1 to 3 away from its centre.
    const exact = normalCdf(-1 / sd) - normalCdf(-3 / sd);
    expect(Math.abs(exact - printed) / printed).toBeLessThan(1e-3);
    const { share, standardError } = bridgeMass(twoBlobs({ sd }).sample(200_000, 1), ends);
    expect(Math.abs(share - exact)).toBeLessThan(4 * Math.sqrt(exact / 200_000));
    expect(standardError).toBeCloseTo(Math.sqrt((share * (1 - share)) / 200_000), 12);
  });

  it("does not see what moves across the way, and works in other dimensions and places", () => {
    expect(bridgeMass([[0, 50], [0.9, -3], [1.1, 0], [-2, 0]], ends).share).toBe(0.5); // biome-ignore format: four points
    expect(bridgeMass([[0.4], [0.2], [0.9]], { from: [0], to: [1], middle: 0.3 }).share).toBeCloseTo(1 / 3, 12);
    expect(bridgeMass(bimodal({ sd: 0.3 }).sample(1000, 0), { from: [-2], to: [2] }).share).toBeLessThan(0.01);
  });

  it("refuses what makes no sense", () => {
    expect(() => bridgeMass([[1, 2]], { from: [0], to: [1] })).toThrow(/samples of 2 columns need centres of 2 numbers/);
    expect(() => bridgeMass([[1, 2]], { from: [0, 1], to: [0, 1] })).toThrow(/same point/);
    expect(() => bridgeMass([[1, 2]], { ...ends, middle: 1.5 })).toThrow(/at most 1/);
    expect(() => bridgeMass([], ends)).toThrow(/0 rows came/);
  });
});

const centres = Array.from({ length: 8 }, (_, k) => [3 * Math.cos((Math.PI * k) / 4), 3 * Math.sin((Math.PI * k) / 4)]);

describe("modeCoverage", () => {
  it("finds all modes of the ring, none missed, and the mass outside", () => {
    const { modes, missed, outside } = modeCoverage(ring().sample(20_000, 2), { centres, radius: 0.75 });
    for (const { share } of modes) expect(Math.abs(share - 1 / 8)).toBeLessThan(0.01);
    expect(missed).toEqual([]);
    // Three standard deviations hold 1 - exp(-9/2) of a mode.
    expect(Math.abs(outside.share - Math.exp(-4.5))).toBeLessThan(0.003);
  });

  it("names the modes that are missed", () => {
    const labels = ring().labels(4000, 3);
    const { data } = ring().sample(4000, 3);
    const kept = Array.from(labels, (label, i) => [label, data[2 * i]!, data[2 * i + 1]!]).filter(([label]) => label !== 2 && label !== 5);
    const { missed, pValue } = modeCoverage(
      kept.map(([, x, y]) => [x!, y!]),
      { centres, radius: 1 },
    );
    expect(missed).toEqual([2, 5]);
    expect(pValue).toBeLessThan(1e-10);
  });

  it("rejects even modes in 1 of 20 repetitions, and uneven ones 19 times in 20", () => {
    const rows = (seed: number) => twoBlobs().sample(400, seed);
    const both = { centres: [[-2, 0], [2, 0]] }; // biome-ignore format: two points
    const { even, uneven } = rejections((seed) => ({
      even: modeCoverage(rows(seed), both).pValue,
      uneven: modeCoverage(rows(seed), { ...both, weights: [2, 3] }).pValue,
    }));
    expect(even).toBeLessThanOrEqual(mostByChance);
    expect(uneven).toBeGreaterThanOrEqual(powerful);
  });

  it("refuses what it cannot judge", () => {
    expect(() => modeCoverage([[9, 9]], { centres, radius: 1 })).toThrow(/0 of 1 samples are near a centre.*Draw more, or widen radius/);
    expect(() => modeCoverage(ring().sample(500, 0), { centres, weights: [1, 2] })).toThrow(/8 centres need 8 weights, got 2/);
    expect(() => modeCoverage(ring().sample(500, 0), { centres: [[1], [2]] })).toThrow(
      /rows of 2 columns cannot be compared with rows of 1/,
    );
  });
});

it("diversity is the mean variance of the columns: 4.5625 of a ring of 8 modes at radius 3, sd 0.25", () => {
  expect(diversity([[1, 5], [3, 5]])).toBe(0.5); // biome-ignore format: two points
  expect(Math.abs(diversity(ring().sample(200_000, 0)) - 4.5625)).toBeLessThan(0.02);
});
