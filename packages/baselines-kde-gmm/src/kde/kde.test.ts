import { cpu } from "@flows/backend-cpu";
import { float64 } from "@flows/backend-float64";
import { createRegistry, draw, load, save, score, useBackend } from "@flows/core";
import { normals } from "@flows/core/author";
import { twoMoons } from "@flows/datasets";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import reference from "../fixtures/kde.json";
import { baselines } from "../plugin.js";
import { fitKde } from "./fit-kde.js";

let handle: Awaited<ReturnType<typeof useBackend>>;
beforeEach(async () => {
  handle = await useBackend(float64());
});
afterEach(() => handle.dispose());

const columns = (n: number, width: number, seed = 1): number[][] => Array.from({ length: n }, (_, i) => [...normals(seed, i, 1, width)]);

describe("the tables of scipy's gaussian_kde", () => {
  for (const { d, bw_method: method, sample, x, log_density: expected, factor, weights } of reference.cases)
    it(`d = ${d}, ${method}`, async () => {
      const rows = (Array.isArray(sample) ? sample : reference.cases.find((one) => one.d === d)!.sample) as number[][];
      const bandwidth = typeof method === "number" ? { factor: method } : (method.replace(", weighted", "") as "scott");
      const fit = await fitKde(rows, { bandwidth, shape: "full", ...(weights && { weights }) });
      expect(Math.abs(fit.factor / factor - 1)).toBeLessThan(1e-12);
      const got = await score(fit.distribution, x);
      for (const [i, value] of expected.entries()) expect(Math.abs(got[i]! - value)).toBeLessThan(1e-9 * (1 + Math.abs(value)));
      fit.distribution.dispose();
    });
});

describe("kde", () => {
  it("weighs a row of weight 2 like the row twice, and a row of weight 0 like none", async () => {
    const rows = columns(9, 2);
    const twice = await fitKde([...rows, rows[3]!], { bandwidth: 0.4 });
    const weighted = await fitKde([...rows, [50, 50]], { bandwidth: 0.4, weights: [1, 1, 1, 2, 1, 1, 1, 1, 1, 0] });
    const points = columns(20, 2, 5);
    const [a, b] = [await score(twice.distribution, points), await score(weighted.distribution, points)];
    for (const [i, value] of a.entries()) expect(b[i]).toBeCloseTo(value, 12);
    for (const { distribution } of [twice, weighted]) distribution.dispose();
  });

  it("is right far from every row, where all kernels underflow, and -Infinity where its square overflows", async () => {
    const { distribution } = await fitKde(
      [
        [0, 0],
        [1, 1],
      ],
      { bandwidth: 0.01 },
    );
    const [far, beyond] = await score(distribution, [
      [301, 401],
      [1e200, 0],
    ]);
    const squared = 300 ** 2 + 400 ** 2;
    expect(far! / (-squared / 2 / 0.01 ** 2 - Math.log(2 * 2 * Math.PI * 0.01 ** 2))).toBeCloseTo(1, 14);
    expect(beyond).toBe(Number.NEGATIVE_INFINITY);
    distribution.dispose();
  });

  it("draws the same rows whatever the chunk, and from a file", async () => {
    for (const weights of [undefined, columns(40, 1).map(([w]) => w! ** 2)]) {
      const { distribution } = await fitKde(columns(40, 3), { bandwidth: "scott", ...(weights && { weights }) });
      const whole = await draw(distribution, 50, { seed: 4 });
      expect((await draw(distribution, 50, { seed: 4, chunk: 7 })).data).toEqual(whole.data);
      expect((await draw(distribution, 20, { seed: 4, first: 13 })).data).toEqual(whole.data.slice(3 * 13, 3 * 33));
      const { flow } = load(await save(distribution), createRegistry([baselines]));
      expect((await draw(flow, 50, { seed: 4 })).data).toEqual(whole.data);
      for (const one of [distribution, flow]) one.dispose();
    }
  });

  it("chooses rows by their weights", async () => {
    const weights = [1, 6, 0, 3];
    const rows = [[0], [10], [20], [30]];
    const { distribution } = await fitKde(rows, { bandwidth: 0.1, weights });
    const { data } = await draw(distribution, 10_000, { seed: 2 });
    const shares = rows.map(([row]) => data.filter((x: number) => Math.abs(x - row!) < 2).length / 10_000);
    for (const [i, share] of shares.entries()) expect(Math.abs(share - weights[i]! / 10)).toBeLessThan(0.02);
    distribution.dispose();
  });

  it("keeps float32 within the tolerance of log-densities at a bandwidth of a fiftieth of the spread", async () => {
    const moons = twoMoons({ noise: 0.05 });
    const [rows, points] = [moons.sample(3000, 1), moons.sample(300, 2)];
    const wanted = await scores();
    handle.dispose();
    handle = await useBackend(cpu());
    const got = await scores();
    for (const [i, value] of wanted.entries()) expect(Math.abs(got[i]! - value)).toBeLessThan(1e-4 * (1 + Math.abs(value)));
    async function scores() {
      const { distribution } = await fitKde(rows, { bandwidth: 0.02 });
      const found = await score(distribution, points);
      distribution.dispose();
      return found;
    }
  });
});

describe("fitKde", () => {
  it("finds by leaving one out what leaving one out by hand finds", async () => {
    const rows = columns(30, 2);
    const { crossValidation, distribution } = await fitKde(rows);
    const { factors, logLikelihoods } = crossValidation!;
    const k = 14;
    const spreads = await fitKde(rows, { bandwidth: { factor: 1 } });
    let total = 0;
    for (const [i, row] of rows.entries()) {
      const bandwidth = spreads.bandwidth.map((h) => h * factors[k]!);
      const others = await fitKde(
        rows.filter((_, j) => j !== i),
        { bandwidth },
      );
      total += (await score(others.distribution, [row]))[0]!;
      others.distribution.dispose();
    }
    expect(logLikelihoods[k]).toBeCloseTo(total / 30, 10);
    for (const one of [distribution, spreads.distribution]) one.dispose();
  });

  it("takes the best of the grid, near the bandwidth that is best for a Gaussian", async () => {
    const { crossValidation, factor, warnings, distribution } = await fitKde(columns(2000, 1));
    const { factors, logLikelihoods } = crossValidation!;
    expect(factor).toBe(factors[logLikelihoods.indexOf(Math.max(...logLikelihoods))]);
    expect(factor / (4 / 3 / 2000) ** 0.2).toBeGreaterThan(0.6);
    expect(factor / (4 / 3 / 2000) ** 0.2).toBeLessThan(1.6);
    expect(warnings).toEqual([]);
    distribution.dispose();
  });

  it("follows the shape: one width, a width for each column, or the data's covariance", async () => {
    const rows = columns(50, 2).map(([a, b]) => [3 * a!, a! + b!]);
    const of = async (shape: "isotropic" | "per-axis" | "full") => {
      const { bandwidth, distribution } = await fitKde(rows, { bandwidth: { factor: 1 }, shape });
      distribution.dispose();
      return bandwidth;
    };
    const [round, own, full] = [await of("isotropic"), await of("per-axis"), await of("full")];
    expect(round[0]).toBe(round[1]);
    expect(round[0]! ** 2).toBeCloseTo((own[0]! ** 2 + own[1]! ** 2) / 2, 12);
    expect(full).toEqual(own);
  });
});
