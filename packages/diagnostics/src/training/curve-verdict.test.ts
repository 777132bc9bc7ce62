import { normals } from "@flows/core/author";
import { describe, expect, it } from "vitest";
import { curveVerdict } from "./curve-verdict.js";

const curve = (seed: number, at: (i: number) => number, noise = 0.05, n = 100) => {
  const z = normals(seed, 0, n, 1);
  return Array.from({ length: n }, (_, i) => at(i) + noise * z[i]!);
};
const falling = (i: number) => 2 + 2.5 * Math.exp(-i / 15);
const shapes = {
  fine: [falling, (i: number) => falling(i) + (i === 20 ? 1 : 0), (i: number) => 2 + 3 / (1 + i), (i: number) => 4 - 0.02 * i],
  flat: [() => 2.8, () => -40],
  exploding: [
    (i: number) => falling(i) + (i > 70 ? 3 : 0),
    (i: number) => falling(i) + (i === 80 ? 30 : 0),
    (i: number) => falling(i) + Math.max(0, i - 60) * 0.2,
    (i: number) => falling(i) * 1.1 ** Math.max(0, i - 50),
  ],
} as const;
const seeds = Array.from({ length: 50 }, (_, seed) => seed);

describe.each(Object.entries(shapes))("%s curves are told", (verdict, curves) => {
  it.each(curves.map((at, number) => ({ at, number })))("$number, whatever the noise's seed", ({ at }) => {
    for (const seed of seeds) expect(curveVerdict(curve(seed, at)), `seed ${seed}`).toMatchObject({ verdict });
  });
});

it("a loss that is not finite is an explosion, and named", () => {
  expect(curveVerdict([...curve(0, falling), Number.NaN]).advice).toMatch(/exploding: loss 101 of 101 is NaN. Lower the learning rate/);
});

it("a curve without noise is judged, too", () => {
  expect(curveVerdict(curve(0, falling, 0)).verdict).toBe("fine");
  expect(curveVerdict(curve(0, () => 2, 0)).verdict).toBe("flat");
});

it("tells the fall, the noise and what to do", () => {
  const { fall, noise, advice } = curveVerdict(curve(1, falling));
  expect(Math.abs(fall - 2.5)).toBeLessThan(0.2);
  expect(Math.abs(noise - 0.05)).toBeLessThan(0.02);
  expect(advice).toMatch(/The curve is fine: it fell by 2\.\d+ nats/);
  expect(curveVerdict(curve(1, () => 3)).advice).toMatch(/wrong mask or log-det/);
});

it("validation that ends far above training is overfitted, and beside it fine", () => {
  for (const seed of seeds) {
    const train = curve(seed, falling);
    const apart = curve(seed + 99, (i) => 4 - (1 * i) / 100);
    expect(curveVerdict(train, apart)).toMatchObject({
      verdict: "overfitted",
      advice: expect.stringMatching(/overfitted: training ends at [12]\.\d+ nats, validation at [23]\.\d+\. What it gained/),
    });
    expect(
      curveVerdict(
        train,
        curve(seed + 99, (i) => falling(i) + 0.1),
      ).verdict,
    ).toBe("fine");
    expect(
      curveVerdict(
        curve(seed, () => 3),
        apart,
      ).verdict,
    ).toBe("flat");
  }
});

it("refuses fewer than ten losses", () => {
  expect(() => curveVerdict([3, 2, 1])).toThrow(/at least 10 losses are needed to judge a curve, got 3/);
});
