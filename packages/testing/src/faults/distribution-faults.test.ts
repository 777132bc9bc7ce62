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

  for (const { name, factory, caughtBy } of distributionFaults)
    it(`${name} is caught by: ${caughtBy}`, async () => {
      const laws = distributionLaws(() => factory({ features: 2 }), { event: [2], plugins: [faultyDistributions] });
      expect((await brokenLaws(laws)).map(({ law }) => law)).toContain(caughtBy);
    });
});
