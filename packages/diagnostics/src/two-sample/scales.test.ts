import { uniforms } from "@flows/core/author";
import { describe, expect, it } from "vitest";
import { normalRows } from "../testing/rejections.js";
import { c2st } from "./c2st.js";
import { energyDistance } from "./energy-distance.js";
import { mmd } from "./mmd.js";

const bernoulli = (n: number, p: number, seed: number) => ({
  data: Float64Array.from(uniforms(seed, 0, n, 1, "dataset"), (u) => Number(u < p)),
  shape: [n, 1] as const,
});

describe("ties vote", () => {
  it("Bernoulli(0.1) against Bernoulli(0.9) is told in nine of ten", () => {
    const { accuracy, pValue } = c2st(bernoulli(400, 0.1, 1), bernoulli(400, 0.9, 2));
    expect(accuracy).toBeGreaterThan(0.87);
    expect(pValue).toBeLessThan(0.01);
  });

  it("equal Bernoulli samples are not told apart, whichever comes first", () => {
    for (const seed of [1, 2, 3]) {
      const [a, b] = [bernoulli(300, 0.3, 2 * seed), bernoulli(300, 0.3, 2 * seed + 1)];
      for (const [x, y] of [[a, b], [b, a]] as const) expect(Math.abs(c2st(x, y, { seed }).accuracy - 0.5)).toBeLessThan(0.08); // biome-ignore format: both orders
    }
  });
});

describe.each([1e-300, 1e-160, 1e150, 1e300])("numbers of size %d", (size) => {
  const scaled = (seed: number, shift = 0) => normalRows(60, 2, seed, 0, (value) => size * (value + shift));
  const plain = (seed: number, shift = 0) => normalRows(60, 2, seed, 0, (value) => value + shift);

  it("have the energy distance and MMD of those of size 1", () => {
    const [energy, expected] = [energyDistance(scaled(1), scaled(2, 1)), energyDistance(plain(1), plain(2, 1))];
    expect(energy.statistic / size / expected.statistic).toBeCloseTo(1, 5);
    expect(energy.pValue).toBe(expected.pValue);
    const [got, wanted] = [mmd(scaled(1), scaled(2, 1)), mmd(plain(1), plain(2, 1))];
    expect(got.statistic).toBeCloseTo(wanted.statistic, 5);
    expect(got.bandwidth / size / wanted.bandwidth).toBeCloseTo(1, 5);
    expect(mmd(scaled(1), scaled(2, 1), { bandwidth: size }).statistic).toBeCloseTo(
      mmd(plain(1), plain(2, 1), { bandwidth: 1 }).statistic,
      5,
    );
  });
});
