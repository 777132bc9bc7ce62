import { accepts } from "@flows/acceptance";
import { float64 } from "@flows/backend-float64";
import { realNvp } from "@flows/bijectors";
import { type BackendHandle, type BatchLike, fit, type Rows, score, useBackend } from "@flows/core";
import { select, shuffled } from "@flows/core/author";
import { diversity } from "@flows/datasets";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sourceOf } from "../lab/training.js";
import { documents, toy, trueDiversity } from "./fittings.js";
import { nearestCentre } from "./modes.js";

let backend: BackendHandle;
beforeAll(async () => {
  backend = await useBackend(float64());
});
afterAll(() => backend.dispose());

const n = 600;
const rows = toy.sample(n, 42);
const labels = toy.labels(n, 42);
const oneHot: Rows = { data: Float64Array.from({ length: 8 * n }, (_, at) => Number(labels[at >> 3] === at % 8)), shape: [n, 8] };
const radii: Rows = {
  data: Float64Array.from({ length: n }, (_, i) => Math.hypot(rows.data[2 * i]!, rows.data[2 * i + 1]!)),
  shape: [n, 1],
};

/** Batches of rows that keep their own condition through the shuffle. */
const loaderOf = (context: Rows) =>
  function* (epoch: number): Generator<BatchLike> {
    const order = shuffled(n, 42, epoch);
    for (let end = 100; end <= n; end += 100) {
      const part = order.subarray(end - 100, end);
      yield { x: select(rows, part), context: select(context, part) };
    }
  };

describe("what document 001 imports, and what stands in its place here", () => {
  it("device: the backend's name", () => void expect(backend.name).toBe("float64"));

  it("create_ring_gaussians, and its labels", () => {
    expect(nearestCentre(rows).map(({ mode }) => mode)).toEqual([...labels]);
  });

  it("make_loader: shuffled whole batches", () => {
    const parts = [...(sourceOf(documents(false), rows, 42) as (epoch: number) => Iterable<Rows>)(0)];
    expect(parts.map(({ shape }) => shape)).toEqual([[256, 2], [256, 2]]); // biome-ignore format: two shapes
  });

  it("compute_diversity_metric", () => {
    expect(diversity({ data: Float64Array.of(0, 0, 2, 4), shape: [2, 2] })).toBe((1 + 4) / 2);
    expect(Math.abs(diversity(toy.sample(100_000, 42)) - trueDiversity)).toBeLessThan(0.05);
  });

  it.each([
    ["make_conditional_loader_onehot", oneHot],
    ["make_conditional_loader_radius", radii],
  ])("%s: a flow is fitted and scored under each row's own condition", async (name, context) => {
    const model = realNvp({ features: 2, layers: 2, hidden: [16], contextFeatures: context.shape[1]! });
    const before = await score(model, rows, { context });
    await fit(model, loaderOf(context), { epochs: 10, learningRate: 1e-2, seed: 42 });
    const after = await score(model, rows, { context });
    const others = await score(model, rows, { context: select(context, shuffled(n, 1)) });
    const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);
    expect(sum(after)).toBeGreaterThan(sum(before));
    expect(sum(after)).toBeGreaterThan(sum(others));
    model.dispose();
    const passed = sum(after) > Math.max(sum(before), sum(others));
    accepts("001.3", { behaviour: `device, ring, loader and diversity, and ${name}`, passed });
  });
});
