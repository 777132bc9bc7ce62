import { accepts } from "@flows/acceptance";
import { float64 } from "@flows/backend-float64";
import { type BackendHandle, type Bijector, type Distribution, parameterCount, useBackend } from "@flows/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nice } from "./nice.js";
import { realNvp } from "./real-nvp.js";

const count = (model: Distribution): number => {
  const parameters = parameterCount(model);
  model.dispose();
  return parameters;
};

describe("the documents' models have the documents' sizes", () => {
  let backend: BackendHandle;
  beforeAll(async () => {
    backend = await useBackend(float64());
  });
  afterAll(() => backend.dispose());

  it("RealNVP of 000 and 002", () => {
    const parameters = count(
      realNvp({
        features: 2,
        layers: 8,
        hidden: [64, 64],
        activation: "leakyRelu",
        slope: 0.2,
        networks: "separate",
        inputs: "masked",
        norm: "batchNorm",
      }),
    );
    accepts("000.4", { value: parameters, expected: 71_744, tolerance: 0 });
    accepts("000.3", { behaviour: "8 couplings, alternating masks, batch norm between, hidden 64" });
    accepts("002.19", { value: parameters / 160, expected: 448.4, tolerance: 0.05 });
  });

  it("RealNVP of 001", () => {
    const parameters = count(realNvp({ features: 2, layers: 6, hidden: [128, 128], networks: "separate", inputs: "masked" }));
    accepts("001.52", { value: parameters, expected: 205_848, tolerance: 0 });
  });

  it("NICE of 003, with and without its scaling", () => {
    const couplings = { features: 2, layers: 6, hidden: [128, 128] } as const;
    accepts("003.19", { value: count(nice({ ...couplings, scaling: false })), expected: 101_382, tolerance: 0 });
    expect(count(nice(couplings))).toBe(101_384);
  });

  it("the coupling flow of 004, paragraph 10, shares one trunk", () => {
    expect(count(realNvp({ features: 2, layers: 4, hidden: [32, 32] }))).toBe(4_744);
  });

  it("the first mask, next to the noise, keeps the first feature or moves it", () => {
    const masks = (options: { firstTurn?: 0 | 1; masks?: "half" }) => {
      const model = realNvp({ features: 4, layers: 3, hidden: [8], ...options });
      const layers = model.bijector.children.bijectors as readonly Bijector[];
      model.dispose();
      return layers.map(({ config }) => (config as { readonly mask: readonly number[] }).mask.join(""));
    };
    expect(masks({})).toEqual(["1010", "0101", "1010"]);
    expect(masks({ firstTurn: 1 })).toEqual(["0101", "1010", "0101"]);
    expect(masks({ firstTurn: 1, masks: "half" })).toEqual(["0011", "1100", "0011"]);
  });

  it("are flows: with their map, their configuration and a view at one context", () => {
    const model = realNvp({ features: 2, layers: 1, hidden: [4], contextFeatures: 1 });
    expect(model.bijector).toBe(model.config.bijector);
    expect(model.config.base.type).toBe("flows/normal");
    const at = model.condition([3]);
    expect(at.contextFeatures).toBe(0);
    at.dispose();
    model.dispose();
  });

  it("refuse an option that there is none", () => {
    const misspelt = { features: 2, layers: 2, hiden: [8] } as Parameters<typeof realNvp>[0];
    expect(() => realNvp(misspelt)).toThrow(/flows\/real-nvp: there is no option hiden. Known: features, layers, .*norm, clamp\./);
    expect(() => nice({ ...misspelt, hidden: [8] })).toThrow("flows/nice: there is no option hiden");
  });

  it("refuses a single feature and no layers", () => {
    expect(() => realNvp({ features: 1, layers: 2 })).toThrow("flows/real-nvp: features must be a whole number from 2");
    expect(() => nice({ features: 2, layers: 0 })).toThrow("flows/nice: layers must be a whole number from 1");
  });
});
