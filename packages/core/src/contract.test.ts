import { memory, tidy } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bias, defineBijector, defineTransformer, scale, toJSON } from "./author.js";
import type { Backend, BackendHandle, Tensor } from "./index.js";
import { chain, createRegistry, flow, invert, leaves, normal, parameterCount, reseed, useBackend } from "./index.js";
import { add, constant, exp, mul, neg, sub, sum, zeros } from "./ops/index.js";

const plain: Backend = {
  name: "cpu",
  options: {},
  precision: "float32",
  load: async () => {
    await import("@tensorflow/tfjs-backend-cpu");
    return { kernels: [], dispose: () => undefined };
  },
};

const affine = defineBijector("acme/affine", ({ features }: { readonly features: number }) => ({
  event: [features],
  params: { shift: bias([features], { deviation: 1 }), logScale: scale([features]) },
  forward: (z, p) => [add(mul(z, exp(p.logScale)), p.shift), sum(p.logScale)],
  inverse: (x, p) => [mul(sub(x, p.shift), exp(neg(p.logScale))), neg(sum(p.logScale))],
}));

describe("without a backend", () => {
  it("says how to get one", () => {
    expect(() => affine({ features: 2 })).toThrow("No backend is ready. Call useBackend(wasm()) first.");
  });
});

describe("modules", () => {
  let handle: BackendHandle;
  beforeAll(async () => {
    handle = await useBackend(plain);
  });
  afterAll(() => handle.dispose());

  it("the same backend again is the live one, another is refused", async () => {
    expect(await useBackend(plain)).toBe(handle);
    await expect(useBackend({ ...plain, name: "other" })).rejects.toThrow("cpu is active");
  });

  it("a flow scores and samples, and leaves nothing behind", () => {
    const before = memory().numTensors;
    const model = flow({ base: normal({ features: 2 }), bijector: chain([affine({ features: 2 }), invert(affine({ features: 2 }))]) });
    reseed(model, 3);
    expect(parameterCount(model)).toBe(8);
    const [sample, logProb] = model.sampleAndLogProb(5, { seed: 1 });
    const again = model.logProb(sample);
    const want = Array.from(logProb.dataSync());
    for (const [i, v] of again.dataSync().entries()) expect(v).toBeCloseTo(want[i]!, 5);
    for (const t of [sample, logProb, again]) t.dispose();
    model.dispose();
    model.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it("an option that there is none is refused before anything is built, unless the module takes any", () => {
    const strict = defineBijector({ type: "acme/strict", options: ["features"] }, ({ features }: { readonly features: number }) => ({
      event: [features],
      forward: (z) => [z, constant(0)],
      inverse: (x) => [x, constant(0)],
    }));
    const misspelt = { featuers: 2 } as unknown as { readonly features: number };
    expect(() => strict(misspelt)).toThrow("acme/strict: there is no option featuers. Known: features.");
    const file = JSON.parse('{ "module": "acme/strict", "config": { "features": 2, "width": 1 } }');
    const registry = createRegistry([{ name: "acme", spec: 1, modules: [strict] }]);
    expect(() => registry.fromJSON(file)).toThrow("there is no option width");
    const loose = { features: 2, note: "mine" };
    const stray = { ...loose, note: { module: "acme/affine", config: loose } };
    expect(() => createRegistry([{ name: "acme", spec: 1, modules: [affine] }]).fromJSON({ module: "acme/affine", config: stray })).toThrow(
      "acme/affine stands where no module belongs",
    );
    const taken = affine(loose);
    expect(toJSON(taken)).toEqual({ module: "acme/affine", config: loose });
    taken.dispose();
  });

  it.each([
    ["a tensor alone", (z: Tensor) => mul(z, z), "got a tensor [1,2]"],
    ["a value without its log-det", (z: Tensor) => [z], "got a list of a tensor [1,2]"],
    ["a number for a log-det", (z: Tensor) => [z, 0], "got a list of a tensor [1,2],0"],
    ["nothing", () => undefined, "got undefined"],
    ["a promise", async (z: Tensor) => [z, constant(0)], "got [object Promise]"],
  ])("a formula that returns %s is refused", (_, formula, text) => {
    const before = memory().numTensors;
    const wrong = formula as unknown as (z: Tensor) => [Tensor, Tensor];
    const [map, curve] = [
      defineBijector("acme/wrong", (_config: {}) => ({ forward: wrong, inverse: wrong }))({}),
      defineTransformer("acme/bare", (_config: {}) => ({ paramCount: 1, forward: wrong, inverse: wrong }))({}),
    ];
    const x = zeros([1, 2]);
    for (const way of ["forward", "inverse"] as const) {
      const says = `${way} must return two tensors, [value, log|det J|], ${text}.`;
      expect(() => map[way](x)).toThrow(`acme/wrong: ${says}`);
      expect(() => curve[way](x, x)).toThrow(`acme/bare: ${says}`);
    }
    for (const one of [x, map, curve]) one.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it("the config rebuilds the module", () => {
    const acme = { name: "acme", spec: 1, modules: [affine] } as const;
    const model = chain([affine({ features: 2 }), affine({ features: 2 })]);
    const again = createRegistry([acme]).fromJSON(toJSON(model));
    expect(toJSON(again)).toEqual(toJSON(model));
    expect(() => createRegistry([]).fromJSON(toJSON(model))).toThrow("acme/affine is not known");
    model.dispose();
    again.dispose();
  });

  it("refuses the same module twice, a used one, functions and NaN in a config, and a dead module", () => {
    const a = affine({ features: 2 });
    expect(() => chain([a, a])).toThrow("already belongs to");
    const whole = chain([a]);
    expect(() => invert(a)).toThrow("already belongs to flows/chain");
    expect(() => affine({ features: Number.NaN })).toThrow("config.features must be finite, got NaN");
    expect(() => affine({ features: 2, extra: () => 1 } as never)).toThrow("config.extra must be plain data, got a function");
    whole.dispose();
    expect(() => whole.forward(normal({ features: 2 }).sample(2))).toThrow("was disposed");
  });

  it("initial values come from the path: another layer elsewhere moves nothing", async () => {
    const one = chain([affine({ features: 2 })]);
    const two = chain([affine({ features: 2 }), affine({ features: 2 })]);
    for (const root of [one, two]) reseed(root, 5);
    const read = async (root: typeof one) => Promise.all(leaves(root).map((leaf) => leaf.read()));
    expect((await read(two)).slice(0, 2)).toEqual(await read(one));
    expect((await read(two))[2]).not.toEqual((await read(two))[0]);
    tidy(() => one.dispose());
    two.dispose();
  });
});
