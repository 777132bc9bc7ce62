import { float64 } from "@flows/backend-float64";
import { type BackendHandle, normal, useBackend } from "@flows/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { distributionLaws } from "../index.js";
import { brokenLaws } from "./broken-laws.js";
import { distributionFaults, faultyDistributions } from "./distributions.js";

describe("planted faults in distributions", () => {
  let handle: BackendHandle;
  beforeAll(async () => {
    handle = await useBackend(float64());
  });
  afterAll(() => handle.dispose());

  it("a correct distribution passes", async () => {
    expect(await brokenLaws(distributionLaws(() => normal({ features: 2 }), { event: [2] }))).toEqual([]);
  });

  it("a correct distribution of five dimensions passes", async () => {
    expect(await brokenLaws(distributionLaws(() => normal({ features: 5 }), { event: [5] }))).toEqual([]);
  });

  for (const { name, factory, caughtBy, ...rest } of distributionFaults)
    it(`${name} is caught by: ${caughtBy}`, async () => {
      const features = "features" in rest ? rest.features : 2;
      const laws = distributionLaws(() => factory({ features }), { event: [features], plugins: [faultyDistributions] });
      expect((await brokenLaws(laws)).map(({ law }) => law)).toContain(caughtBy);
    });
});
