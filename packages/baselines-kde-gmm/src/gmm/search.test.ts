import { cpu } from "@flows/backend-cpu";
import { float64 } from "@flows/backend-float64";
import { type Backend, useBackend } from "@flows/core";
import { normals } from "@flows/core/author";
import { memory } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { fitGmm, type GmmFit } from "./fit-gmm.js";
import type { GmmOptions } from "./options.js";

/** A fit, without its distribution; nothing is left behind. */
async function fitted(rows: readonly (readonly number[])[], options: GmmOptions = {}, backend: Backend = cpu()): Promise<GmmFit> {
  const handle = await useBackend(backend);
  const before = memory().numTensors;
  try {
    const fit = await fitGmm(rows, options);
    fit.distribution.dispose();
    expect(memory().numTensors).toBe(before);
    return fit;
  } finally {
    handle.dispose();
  }
}

/** Blobs at 0, 8, 16, ... on the diagonal. */
const blobs = (n: number, count: number, first = 0): number[][] =>
  Array.from({ length: n }, (_, i) => [...normals(3, first + i, 1, 2)].map((v) => v + 8 * (i % count)));

describe("a search for the number of components", () => {
  it("does not try more than there are different rows, and ends with a model on a table of few of them", async () => {
    const { components, candidates, failed } = await fitted(Array.from({ length: 90 }, (_, i) => [i % 3, (i * i) % 3]));
    expect(candidates.map((one) => one.components)).toEqual([1, 2, 3]);
    expect([components <= 3, failed]).toEqual([true, []]);
  });

  it("goes on without a number that comes to nothing, and names it", async () => {
    const rows = Array.from({ length: 40 }, (_, i) => [i % 4]);
    const { components, failed, warnings } = await fitted(rows, { components: [6, 2, 4] });
    expect(components).toBe(4);
    expect(failed).toEqual([{ components: 6, why: expect.stringContaining("only 4 different rows for 6 components") }]);
    expect(warnings[0]).toMatch(/^6 components could not be fitted: there are only 4 different rows/);
  });

  it("stops after four numbers that are worse than the best, and tells what it tries", async () => {
    const tried: string[] = [];
    const { components } = await fitted(blobs(400, 3), {
      onCandidate: ({ components, tried: before, of }) => void tried.push(`${components} ${before}/${of}`),
    });
    expect([components, tried.length, tried[0], tried.at(-1)]).toEqual([3, 7, "1 0/20", "7 6/20"]);
  });

  it("lets rows that were held back overrule a likelihood that grows by collapsing", async () => {
    // Each row twice: components that sit on pairs have any likelihood, and give other rows none.
    const some = blobs(30, 1);
    const rows = [...some, ...some, ...some, ...some];
    const counts = { components: [1, 12] };
    const liked = await fitted(rows, counts);
    expect(liked.components).toBe(12);
    const { components, warnings } = await fitted(rows, { ...counts, validation: blobs(50, 1, 1000) });
    expect(components).toBe(1);
    expect(warnings[0]).toMatch(
      /^12 components are best by BIC, but 1 give the 50 validation rows [\d.e+]+ nats more each, so these were taken\.$/,
    );
  });

  it("refuses validation rows of another width", async () => {
    await expect(fitted(blobs(40, 2), { validation: [[1, 2, 3]] })).rejects.toMatchObject({ code: "shape" });
  });
});

it.each(["full", "tied"] as const)(
  "columns that are nearly one have the same %s covariances on float32 as on float64",
  async (covariance) => {
    const rows = Array.from({ length: 5000 }, (_, i) => {
      const [a, b] = normals(4, i, 1, 2);
      return [1000 + 10 * a!, 1000 + 10 * a! + 1e-3 * b!];
    });
    const options: GmmOptions = { components: 2, covariance, floor: 1e-12, restarts: 1, iterations: 20 };
    const [wide, narrow] = [await fitted(rows, options, float64()), await fitted(rows, options)];
    expect(Math.abs(narrow.logLikelihood - wide.logLikelihood)).toBeLessThan(1e-3);
    // The spread across the line, of which float32 sums in the columns' own units keep nothing.
    const across = ({ covariances: [matrix] }: GmmFit): number => matrix![1]![1]! - matrix![0]![1]! ** 2 / matrix![0]![0]!;
    expect(across(narrow) / across(wide)).toBeCloseTo(1, 2);
    expect(across(wide) / 1e-6).toBeCloseTo(1, 0);
  },
);
