import {
  affine,
  affineTransformer,
  alternatingMask,
  batchNorm,
  coupling,
  householder,
  leakyRelu,
  lu,
  mlp,
  planar,
  radial,
  randomPermutation,
  realNvp,
  softplus,
} from "@flows/bijectors";
import {
  type Backend,
  type Bijector,
  chain,
  type Distribution,
  draw,
  flow,
  invert,
  leaves,
  moveTo,
  normal,
  score,
  summary,
  useBackend,
} from "@flows/core";
import { normals, programEngine, withReference } from "@flows/core/author";
import * as tf from "@tensorflow/tfjs-core";
import { afterEach, describe, expect, it, vi } from "vitest";
import { builds } from "./binary/builds.js";
import { kernels } from "./generated/inference.js";
import { wasm as full } from "./index.js";
import { wasm } from "./inference.js";
import { acmeAffine, acmePlugin } from "./testing/acme-affine.js";
import { numbers } from "./testing/numbers.js";

const features = 3;
const over = (...maps: readonly Bijector[]): Distribution => flow({ base: normal({ features }), bijector: chain([...maps]) });
const moving = (activation: "tanh" | "elu"): Bijector =>
  coupling({
    mask: alternatingMask(features, 0),
    conditioner: mlp({ features: 2, hidden: [9, 8], outputs: 2, activation, last: "random" }),
    transformer: affineTransformer({}),
  });

const flows: Readonly<Record<string, () => Distribution>> = {
  "RealNVP with BatchNorm": () => realNvp({ features, layers: 4, hidden: [17, 9], norm: "batchNorm" }),
  "RealNVP with ActNorm and masked networks": () => realNvp({ features, layers: 4, hidden: [64, 64], norm: "actNorm", inputs: "masked" }),
  "RealNVP without a norm": () => realNvp({ features, layers: 2, hidden: [8], norm: "none" }),
  "LU, planar and radial maps that sample": () => over(lu({ features }), planar({ features }), radial({ features })),
  "planar and radial maps that score": () => over(invert(planar({ features })), invert(radial({ features })), affine({ features })),
  "elementwise maps and couplings": () => over(moving("tanh"), leakyRelu({}), randomPermutation({ features, seed: 1 }), moving("elu")),
  "layers one by one": () => over(batchNorm({ features }), householder({ features, reflections: 2 }), softplus({}), moving("tanh")),
};

/** Scores of rows, drawn rows and their densities, also by composites alone, of a model with parameters off their start. */
async function found(backend: Backend, make: () => Distribution): Promise<ArrayLike<number>[]> {
  const handle = await useBackend(backend);
  const before = tf.memory().numTensors;
  const model = make();
  for (const leaf of leaves(model)) {
    const positive = leaf.spec.range === "positive";
    if (leaf.spec.range !== "fixed") leaf.write(numbers(leaf.size, positive ? 0.5 : -0.4, positive ? 1.5 : 0.4, 3));
  }
  const scores = await score(model, { data: numbers(301 * features, 0.1, 2, 9), shape: [301, features] });
  const drawn = await draw(model, 301, { seed: 5 });
  const [x, density] = model.sampleAndLogProb(70, { seed: 6 });
  const composite = withReference(() => model.logProb(x));
  const all = [scores, drawn.data, await x.data(), await density.data(), await composite.data()];
  tf.dispose([x, density, composite]);
  model.dispose();
  expect(tf.memory().numTensors).toBe(before);
  handle.dispose();
  return all;
}

afterEach(() => vi.unstubAllGlobals());

describe.each(Object.entries(flows))("%s", (_name, make) => {
  it.each([{ threads: 1 }, { threads: 2 }, { threads: 2, relaxed: false }])(
    "has the full backend's numbers to the bit, %j",
    async (options) => {
      const wanted = await found(full(options), make);
      expect(wanted.every((values) => Array.from(values).some((value) => value !== 0 && Number.isFinite(value)))).toBe(true);
      expect(await found(wasm(options), make)).toEqual(wanted);
    },
  );
});

it("has them for what custom layers are made of too", async () => {
  const ops = async (backend: Backend): Promise<Float32Array[]> => {
    const handle = await useBackend(backend);
    const found = tf.tidy(() => {
      const x = tf.tensor2d(numbers(1000, 0.1, 3, 4), [10, 100]);
      const wide = [tf.sum(x, 1), tf.sum(x, 0), tf.mean(x), tf.matMul(x, x, true), tf.matMul(x, x, false, true)];
      const narrow = [
        tf.tanh(x),
        tf.softplus(x),
        tf.squaredDifference(x, tf.sum(x, 0)),
        tf.logSumExp(x, 1),
        tf.concat([x, tf.transpose(x)].map((t) => tf.reshape(t, [-1]))),
      ];
      return [...wide, ...narrow].map((tensor) => tensor.dataSync() as Float32Array);
    });
    handle.dispose();
    return found;
  };
  expect(await ops(wasm())).toEqual(await ops(full()));
});

it("has them where memory cannot be shared", async () => {
  vi.stubGlobal("crossOriginIsolated", false);
  const make = flows["RealNVP with BatchNorm"]!;
  expect(await found(wasm({ threads: 2 }), make)).toEqual(await found(full({ threads: 2 }), make));
});

it("draws the noise of every other backend", async () => {
  const handle = await useBackend(wasm());
  const base = normal({ features });
  expect((await draw(base, 500, { seed: 3, first: 7 })).data).toEqual(normals(3, 7, 500, features, "base"));
  base.dispose();
  handle.dispose();
});

it("takes a plugin's kernel into its programs", async () => {
  const plugins = [await acmePlugin()];
  const make = (): Distribution => over(moving("tanh"), acmeAffine({ features }), moving("elu"));
  const wanted = await found(full({ plugins, threads: 2 }), make);
  const handle = await useBackend(wasm({ plugins, threads: 2 }));
  expect(programEngine()!.ops).toContain("acme.affine");
  const model = make();
  expect(summary(model).programs?.inverse.lowers).toBe(true);
  model.dispose();
  handle.dispose();
  expect(await found(wasm({ plugins, threads: 2 }), make)).toEqual(wanted);
  await expect(useBackend(wasm({ plugins: [...plugins, ...plugins] }))).rejects.toThrow(/two kernels for the op acme\.affine/);
});

it("is another backend than the one that trains", async () => {
  const handle = await useBackend(full({ threads: 1 }));
  const model = realNvp({ features: 2, layers: 2, hidden: [8] });
  const rows = { data: numbers(20, -2, 2, 1), shape: [10, 2] } as const;
  const before = await score(model, rows);
  await expect(useBackend(wasm({ threads: 1 }))).rejects.toThrow(
    /flows-wasm is active\. Dispose its handle before using flows-wasm-inference/,
  );
  handle.dispose();
  const second = await useBackend(wasm({ threads: 1 }));
  expect(await useBackend(wasm({ threads: 1 }))).toBe(second);
  await expect(useBackend(wasm({ threads: 2 }))).rejects.toThrow(/flows-wasm-inference is active/);
  await expect(score(model, rows)).rejects.toThrow(/its numbers are on another backend .* await moveTo\(model, backend\)/);
  await moveTo(model, wasm({ threads: 1 }));
  expect(await score(model, rows)).toEqual(before);
  await moveTo(model, full({ threads: 1 }));
  expect(await score(model, rows)).toEqual(before);
  model.dispose();
  (await useBackend(full({ threads: 1 }))).dispose();
});

it("checks its options, and leaves no kernel behind", async () => {
  expect(() => wasm({ threads: 0 })).toThrow(/threads must be a whole number/);
  (await useBackend(wasm())).dispose();
  expect(tf.getKernelsForBackend("flows-wasm-inference")).toEqual([]);
});

it("carries no kernel that trains", async () => {
  for (const build of Object.values(await builds(kernels))) {
    const exported = WebAssembly.Module.exports(new WebAssembly.Module(build)).map(({ name }) => name);
    expect(exported).toContain("mlpForward");
    expect(exported.filter((name) => /backward|moments|adam|squares|parts/i.test(name))).toEqual([]);
  }
});
