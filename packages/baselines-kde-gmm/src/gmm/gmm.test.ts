import { float64 } from "@flows/backend-float64";
import { type BackendHandle, createRegistry, draw, load, save, score, useBackend } from "@flows/core";
import { normals } from "@flows/core/author";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import reference from "../fixtures/gmm.json";
import { baselines } from "../plugin.js";
import { fitGmm } from "./fit-gmm.js";

let backend: BackendHandle;
beforeAll(async () => {
  backend = await useBackend(float64());
});
afterAll(() => backend.dispose());

const names = { full: "full", diag: "diagonal", tied: "tied", spherical: "spherical" } as const;
const identity = (d: number): number[][] => Array.from({ length: d }, (_, i) => Array.from({ length: d }, (__, j) => (i === j ? 1 : 0)));

function near(got: readonly number[] | ArrayLike<number>, wanted: readonly number[]): void {
  for (const [i, value] of wanted.entries()) expect(Math.abs(got[i]! - value)).toBeLessThan(1e-9 * (1 + Math.abs(value)));
}

/** The table's covariances in full. */
function whole(type: string, k: number, d: number, covariances: unknown): number[] {
  const of = (c: number): number[][] => {
    const own = type === "tied" ? covariances : (covariances as unknown[])[c];
    if (type === "spherical") return identity(d).map((row) => row.map((v) => v * (own as number)));
    return type === "diag" ? identity(d).map((row, i) => row.map((v) => v * (own as number[])[i]!)) : (own as number[][]);
  };
  return Array.from({ length: k }, (_, c) => of(c)).flat(2);
}

describe("the tables of scikit-learn's GaussianMixture", () => {
  for (const one of reference.cases)
    it(`d = ${one.d}, k = ${one.k}, ${one.covariance_type}`, async () => {
      const rows = (Array.isArray(one.sample) ? one.sample : reference.cases.find(({ d }) => d === one.d)!.sample) as number[][];
      const { weights, means } = one.init;
      const fit = await fitGmm(rows, {
        covariance: names[one.covariance_type as keyof typeof names],
        floor: one.reg_covar,
        start: { weights, means, covariances: means.map(() => identity(one.d)) },
        tolerance: 1e-10,
        iterations: 5000,
      });
      expect([fit.iterations, fit.converged, fit.parameters]).toEqual([one.n_iter, one.converged, one.n_parameters]);
      near([fit.logLikelihood, fit.bic, fit.aic], [one.mean_log_likelihood, one.bic, one.aic]);
      near(fit.weights, one.weights);
      near(fit.means.flat(), one.means.flat());
      near(fit.covariances.flat(2), whole(one.covariance_type, one.k, one.d, one.covariances));
      near(await score(fit.distribution, one.x), one.log_density);
      fit.distribution.dispose();
    });
});

/** Three blobs of equal size at (0, 0), (8, 0) and (0, 8). */
const blobs = (n: number): number[][] =>
  Array.from({ length: n }, (_, i) => {
    const [a, b] = normals(3, i, 1, 2);
    return [a! + (i % 3 === 1 ? 8 : 0), b! + (i % 3 === 2 ? 8 : 0)];
  });

describe("gmm", () => {
  it("draws the same rows whatever the chunk, and from a file; shares and means are its components'", async () => {
    const { distribution } = await fitGmm(blobs(300), { components: 3 });
    const whole = await draw(distribution, 3000, { seed: 4 });
    expect((await draw(distribution, 3000, { seed: 4, chunk: 7 })).data).toEqual(whole.data);
    const { flow } = load(await save(distribution), createRegistry([baselines]));
    expect((await draw(flow, 3000, { seed: 4 })).data).toEqual(whole.data);
    const right = Array.from(whole.data).filter((x, i) => i % 2 === 0 && x > 4);
    expect(Math.abs(right.length / 3000 - 1 / 3)).toBeLessThan(0.03);
    expect(Math.abs(right.reduce((a, b) => a + b, 0) / right.length - 8)).toBeLessThan(0.2);
    for (const one of [distribution, flow]) one.dispose();
  });

  it("is right far from every component, and -Infinity where its square overflows", async () => {
    const { distribution, weights, means, covariances } = await fitGmm(blobs(60), { components: 1, covariance: "spherical" });
    const [far, beyond] = await score(distribution, [
      [4000, 0],
      [1e200, 0],
    ]);
    const [[mean], variance] = [means, covariances[0]![0]![0]!];
    const squared = (4000 - mean![0]!) ** 2 + mean![1]! ** 2;
    expect(far! / (Math.log(weights[0]!) - squared / 2 / variance - Math.log(2 * Math.PI * variance))).toBeCloseTo(1, 12);
    expect(beyond).toBe(Number.NEGATIVE_INFINITY);
    distribution.dispose();
  });
});

describe("fitGmm", () => {
  it("finds three blobs by BIC and says what it tried", async () => {
    const fit = await fitGmm(blobs(300), { components: [1, 2, 3, 4, 5] });
    expect(fit.components).toBe(3);
    expect(fit.candidates.map(({ components }) => components)).toEqual([1, 2, 3, 4, 5]);
    expect(Math.min(...fit.candidates.map(({ bic }) => bic))).toBe(fit.bic);
    expect(fit.warnings).toEqual([]);
    expect(fit.starts.length).toBe(4);
    fit.distribution.dispose();
  });

  it("penalises parameters by log n or by 2", async () => {
    const { bic, aic, logLikelihood, parameters, distribution } = await fitGmm(blobs(200), { components: 2, covariance: "tied" });
    expect(parameters).toBe(1 + 4 + 3);
    expect(bic).toBeCloseTo(-2 * 200 * logLikelihood + 8 * Math.log(200), 9);
    expect(aic).toBeCloseTo(-2 * 200 * logLikelihood + 16, 9);
    distribution.dispose();
  });

  it("gives the same numbers for the same seed, others for another", async () => {
    const of = async (seed: number) => {
      const { starts, distribution } = await fitGmm(blobs(100), { components: 7, seed });
      distribution.dispose();
      return starts;
    };
    expect(await of(1)).toEqual(await of(1));
    expect(await of(1)).not.toEqual(await of(2));
  });

  it("climbs: no iteration lowers the likelihood", async () => {
    const heights: number[] = [];
    for (let iterations = 1; iterations <= 12; iterations++) {
      const fit = await fitGmm(blobs(90), { components: 5, restarts: 1, iterations, tolerance: 0 });
      heights.push(fit.logLikelihood);
      fit.distribution.dispose();
    }
    for (const [i, height] of heights.entries()) if (i > 0) expect(height).toBeGreaterThan(heights[i - 1]! - 1e-5);
  });
});
