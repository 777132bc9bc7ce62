import { wasm } from "@flows/backend-wasm";
import { affine, mlp } from "@flows/bijectors";
import { type BackendHandle, type FlowsError, flow, normal, type Rows, uniform, useBackend } from "@flows/core";
import { normals } from "@flows/core/author";
import { memory } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fitRatio, logRatio, naiveLogRatio, type RatioLoss } from "../index.js";

let backend: BackendHandle;
beforeAll(async () => {
  backend = await useBackend(wasm());
});
afterAll(() => backend.dispose());

/** n rows of a standard normal, moved. */
const sample = (n: number, seed: number, shift = 0): Rows => ({
  data: normals(seed, 0, n, 2).map((z, i) => (i % 2 === 0 ? z + shift : z)),
  shape: [n, 2],
});
const network = () => mlp({ features: 2, hidden: [16], outputs: 1, activation: "tanh" });

describe("fitRatio", () => {
  // log N(x; 1, 1) / N(x; 0, 1) = x - 1/2 along the first column.
  it.each(["logistic", "least-squares", "kullback-leibler"] as const)("finds a linear log-ratio by %s", async (loss: RatioLoss) => {
    const g = mlp({ features: 2, hidden: [], outputs: 1 });
    const fit = await fitRatio(g, { p: sample(4000, 1, 1), q: sample(4000, 2) }, { loss, steps: 400, learningRate: 0.02 });
    const points = sample(2000, 3);
    const found = await logRatio(g, points);
    const errors = Array.from(found, (value, i) => Math.abs(Math.exp(value) - Math.exp(points.data[2 * i]! - 0.5)));
    expect(errors.reduce((a, b) => a + b, 0) / 2000).toBeLessThan(0.12);
    // The best classifier is right with probability Phi(1/2).
    expect(Math.abs(fit.accuracy - 0.691)).toBeLessThan(0.04);
    expect(Math.abs(fit.meanRatio - 1)).toBeLessThan(0.2);
    expect(fit.warnings).toEqual([]);
    g.dispose();
  });

  it("finds no difference where there is none", async () => {
    const g = network();
    const { accuracy } = await fitRatio(g, { p: sample(3000, 1), q: sample(3000, 2) }, { steps: 100 });
    expect(Math.abs(accuracy - 0.5)).toBeLessThan(0.05);
    expect(Math.max(...(await logRatio(g, sample(300, 3))).map(Math.abs))).toBeLessThan(0.3);
    g.dispose();
  });

  it("gives the same network for the same seed, and leaves no tensor", async () => {
    const before = memory().numTensors;
    const of = async (seed: number) => {
      const g = network();
      await fitRatio(g, { p: sample(60, 1, 1), q: sample(80, 2) }, { steps: 30, seed });
      const values = await logRatio(g, sample(5, 3));
      g.dispose();
      return values;
    };
    expect(await of(1)).toEqual(await of(1));
    expect(await of(1)).not.toEqual(await of(2));
    expect(memory().numTensors).toBe(before);
  });

  it("stops by its signal", async () => {
    const g = network();
    const stopped = fitRatio(g, { p: sample(60, 1, 1), q: sample(60, 2) }, { signal: AbortSignal.abort() });
    await expect(stopped).rejects.toMatchObject({ code: "aborted", message: expect.stringMatching(/^fitRatio: stopped/) });
    g.dispose();
  });

  it("says that samples which do not overlap have no ratio", async () => {
    const g = network();
    const { accuracy, warnings } = await fitRatio(g, { p: sample(300, 1, 12), q: sample(300, 2) }, { steps: 300, learningRate: 0.01 });
    expect(accuracy).toBe(1);
    expect(warnings.join()).toMatch(/told apart without an error.*a density in between/);
    g.dispose();
  });

  it("says that a training which is not finite ended, and why", async () => {
    const g = mlp({ features: 2, hidden: [], outputs: 1 });
    const { warnings } = await fitRatio(g, { p: sample(60, 1, 1e30), q: sample(60, 2) }, { loss: "least-squares", steps: 30 });
    expect(warnings[0]).toMatch(/the training ended after 10 steps: the loss or its gradient is not finite/);
    g.dispose();
  });

  it("refuses what it cannot fit", async () => {
    const g = mlp({ features: 2, hidden: [], outputs: 2 });
    const code = (run: Promise<unknown>) =>
      run.then(
        () => undefined,
        (error: FlowsError) => [error.code, error.message] as const,
      );
    expect(await code(fitRatio(g, { p: sample(20, 1), q: sample(20, 2) }))).toEqual([
      "config",
      expect.stringMatching(/1 output and no context, got flows\/mlp of 2, 2 and 0/),
    ]);
    expect(await code(fitRatio(g, { p: sample(5, 1), q: sample(20, 2) }))).toEqual([
      "data",
      expect.stringMatching(/fitRatio: p: expected at least 10 rows, got 5/),
    ]);
    expect(await code(logRatio(g, sample(2, 1)))).toEqual(["config", expect.stringMatching(/^logRatio/)]);
    g.dispose();
  });
});

describe("naiveLogRatio", () => {
  it("is the difference of the log-densities, Infinity where q has none, refused where neither has", async () => {
    const [p, q] = [normal({ features: 1 }), uniform({ features: 1 })];
    const [inside, outside] = await naiveLogRatio(p, q, [[0.5], [2]]);
    expect(inside).toBeCloseTo(-0.125 - Math.log(2 * Math.PI) / 2, 5);
    expect(outside).toBe(Number.POSITIVE_INFINITY);
    const shifted = flow({ base: uniform({ features: 1 }), bijector: affine({ features: 1 }) });
    await expect(naiveLogRatio(shifted, q, [[0.5], [2]])).rejects.toMatchObject({
      code: "domain",
      message: expect.stringMatching(/row 1 lies outside/),
    });
    for (const one of [p, q, shifted]) one.dispose();
  });
});
