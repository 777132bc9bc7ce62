import { wasm } from "@flows/backend-wasm";
import { type BackendHandle, type Distribution, nll, useBackend } from "@flows/core";
import { circles, freshPoints, standardise, twoMoons } from "@flows/datasets";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import reference from "./fixtures/scikit-learn.json";
import { fitGmm, fitKde } from "./index.js";

let backend: BackendHandle;
beforeAll(async () => {
  backend = await useBackend(wasm());
});
afterAll(() => backend.dispose());

const toys = { moons: twoMoons({ noise: 0.06 }), circles: circles() };

async function heldOut(distribution: Distribution, test: Parameters<typeof nll>[1]): Promise<number> {
  const nats = await nll(distribution, test);
  distribution.dispose();
  return nats;
}

describe("scikit-learn on the same 4,000 points, held out", () => {
  it.each(reference.cases)("$toy, seed $seed", async ({ toy: name, seed, bandwidth, kdeNll, components, gmmNll }) => {
    const toy = toys[name as keyof typeof toys];
    const drawn = toy.sample(4000, seed);
    const standard = standardise(drawn);
    const [rows, test] = [standard.apply(drawn), { x: standard.apply(freshPoints(toy, seed, 4000).rows) }];
    const { distribution } = await fitKde(rows, { bandwidth });
    expect(Math.abs((await heldOut(distribution, test)) - kdeNll)).toBeLessThan(1e-5);
    const gmm = await fitGmm(rows, { components });
    expect(Math.abs((await heldOut(gmm.distribution, test)) - gmmNll)).toBeLessThan(0.003);
  });
});
