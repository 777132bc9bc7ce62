import { cpu } from "@flows/backend-cpu";
import { baselines } from "@flows/baselines-kde-gmm";
import {
  type Activation,
  activationNames,
  additiveTransformer,
  affine,
  affineTransformer,
  alternatingMask,
  batchNorm,
  bijectors,
  coupling,
  exp,
  halfMask,
  householder,
  leakyRelu,
  lu,
  type MlpConfig,
  mlp,
  parallel,
  permutation,
  planar,
  radial,
  rotation,
  sigmoid,
  softplus,
  tanh,
} from "@flows/bijectors";
import { type BackendHandle, type Bijector, type Transformer, useBackend } from "@flows/core";
import { normalDensity, normalDensityExamples, uniformDensity, uniformDensityExamples } from "@flows/core/author";
import { type BijectorOptions, loweringLaws, rowOpLaws } from "@flows/testing";
import { afterAll, beforeAll, describe, it } from "vitest";
import { asRowKernels } from "../testing/as-row-kernel.js";
import { testDevice } from "../testing/device.js";

let handle: BackendHandle;
beforeAll(async () => {
  handle = await useBackend(cpu());
});
afterAll(() => handle.dispose());

interface Case {
  readonly make: (features: number) => Bijector;
  readonly widths: readonly number[];
  readonly domain?: BijectorOptions["domain"];
  /** Lowers from noise to data only. */
  readonly oneWay?: boolean;
}

const odd = [1, 3, 5, 8];
const pairs = [2, 5, 9];
const last = "random";

/** Picks and puts back columns, runs a network on the first half of them, and moves the others. */
const coupled =
  (transformer: () => Transformer, activation: Activation, options: Partial<MlpConfig> = {}) =>
  (features: number): Bijector => {
    const [kept, moving] = [transformer(), features >> 1];
    const outputs = kept.paramCount * (features - moving);
    const conditioner = mlp({ features: moving, hidden: [7, 5], outputs, activation, last, ...options });
    return coupling({ mask: halfMask(features), conditioner, transformer: kept });
  };

/** A network on the masked row, in two halves side by side, outputs for kept features left out. */
function masked(features: number): Bijector {
  const half = (activation: Activation) => mlp({ features, hidden: [6], outputs: features, activation, last });
  const conditioner = parallel([half("elu"), half("tanh")]);
  return coupling({ mask: alternatingMask(features), conditioner, transformer: affineTransformer({ clamp: 2 }) });
}

const lus = (features: number): Bijector => {
  const all = Array.from({ length: features }, (_, i) => i);
  return lu({ features, order: all.map((i) => (i + 2) % features), signs: all.map((i) => (i % 2 === 0 ? 1 : -1)) });
};

const positive = [0, Number.POSITIVE_INFINITY] as const;
const cases: Readonly<Record<string, Case>> = {
  affine: { make: (features) => affine({ features }), widths: odd },
  "affineTransform, with a clamp": { make: coupled(() => affineTransformer({}), "tanh"), widths: pairs },
  "affineTransform, without": { make: coupled(() => affineTransformer({ clamp: 0 }), "tanh"), widths: pairs },
  additiveTransform: { make: coupled(() => additiveTransformer({}), "sigmoid"), widths: pairs },
  ...Object.fromEntries(
    activationNames.map((name) => [`mlp with ${name}`, { make: coupled(() => affineTransformer({}), name), widths: [3] }]),
  ),
  "mlp without a hidden layer": { make: coupled(() => affineTransformer({}), "tanh", { hidden: [] }), widths: [2, 9] },
  "mlp of wide layers": { make: coupled(() => affineTransformer({}), "tanh", { hidden: [65, 33] }), widths: [2] },
  "move, with a context": { make: coupled(() => affineTransformer({}), "tanh", { contextFeatures: 2 }), widths: [3] },
  "move, of a mask and side by side": { make: masked, widths: pairs },
  "move, a permutation": {
    make: (features) => permutation({ order: Array.from({ length: features }, (_, i) => (i + 2) % features) }),
    widths: odd,
  },
  "standardise, running statistics": { make: (features) => batchNorm({ features }), widths: odd },
  "elementwise exp": { make: () => exp(), widths: odd, domain: { inverse: positive } },
  "elementwise sigmoid": { make: () => sigmoid(), widths: odd, domain: { inverse: [0, 1] } },
  "elementwise tanh": { make: () => tanh(), widths: odd, domain: { inverse: [-1, 1] } },
  "elementwise softplus": { make: () => softplus(), widths: odd, domain: { inverse: positive } },
  "elementwise leakyRelu": { make: () => leakyRelu({ slope: 0.2 }), widths: odd },
  ...Object.fromEntries(
    (["tanh", "sigmoid", "arctan", "softplus"] as const).map((activation) => [
      `planar along ${activation}`,
      { make: (features: number) => planar({ features, activation, start: "random" }), widths: odd, oneWay: true },
    ]),
  ),
  radial: { make: (features) => radial({ features }), widths: odd, oneWay: true },
  rotation: { make: () => rotation({}), widths: [2] },
  householder: { make: (features) => householder({ features }), widths: odd },
  linearLU: { make: lus, widths: [2, 3, 5, 8, 17] },
};

describe.each([true, false])("row kernels, relaxed %s", async (relaxed) => {
  const kernels = asRowKernels(await testDevice({ relaxed }));
  const densities = [
    { op: normalDensity, at: normalDensityExamples },
    { op: uniformDensity, at: uniformDensityExamples },
  ];
  for (const law of rowOpLaws([...bijectors.ops!, ...baselines.ops!, ...densities], kernels)) it(law.name, law.check);
  describe.each(Object.entries(cases))("%s", (_name, { make, widths, oneWay = false, ...options }) => {
    describe.each(widths)("of %i features", (features) => {
      const laws = loweringLaws(() => make(features), kernels, { event: [features], ...options });
      for (const law of laws) if (!oneWay || law.name.startsWith("forward")) it(law.name, law.check);
    });
  });
});
