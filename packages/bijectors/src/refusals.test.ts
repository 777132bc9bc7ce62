import { cpu } from "@flows/backend-cpu";
import { type BackendHandle, chain, flow, invert, isFlowsError, normal, uniform, useBackend } from "@flows/core";
import { memory } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as maps from "./index.js";

let handle: BackendHandle;
beforeAll(async () => {
  handle = await useBackend(cpu());
});
afterAll(() => handle.dispose());

/** What a caller without types may write. */
const loose = maps as unknown as Readonly<Record<string, (config?: unknown) => unknown>>;
const stack = { features: 2, layers: 2 };
const net = { features: 1, hidden: [4], outputs: 1 };

const refused: readonly (readonly [factory: string, config: unknown, words: string])[] = [
  ...["affine", "radial", "actNorm", "batchNorm", "planar", "scaling", "householder"].flatMap((name) =>
    [0, -1, 1.5, "2"].map((features) => [name, { features }, `features must be a whole number from 1 to 2147483647, got `] as const),
  ),
  ...["affine", "planar", "mlp", "coupling"].map(
    (name) => [name, undefined, "expected a configuration as an object, got undefined"] as const,
  ),
  ["affine", { features: Number.NaN }, "flows/affine: config.features must be finite, got NaN"],
  ["shear", { amount: Number.POSITIVE_INFINITY }, "flows/shear: config.amount must be finite, got Infinity"],
  [
    "planar",
    { features: 2, activation: Math.tanh },
    'config.activation must be plain data, got a function. Name functions by a string such as "tanh"',
  ],
  ["mlp", { ...net, activation: Math.tanh }, "config.activation must be plain data, got a function"],
  ["mlp", { ...net, activation: "swish" }, 'activation must be one of relu, leakyRelu, elu, tanh, sigmoid, softplus, got "swish"'],
  ["mlp", { ...net, hidden: 64 }, "hidden must be some finite numbers, got 64"],
  ["mlp", { ...net, hidden: [0] }, "a hidden width must be a whole number from 1"],
  ["mlp", { ...net, contextFeatures: -1 }, "contextFeatures must be a whole number from 0"],
  ["parallel", [], "expected at least one network, got none"],
  ["affineTransformer", { clamp: -1 }, "clamp must be a finite number of at least 0, got -1"],
  ["realNvp", { ...stack, masks: "odd" }, 'masks must be one of alternating, half, got "odd"'],
  ["realNvp", { ...stack, networks: "three" }, 'networks must be one of shared, separate, got "three"'],
  ["realNvp", { ...stack, inputs: "all" }, 'inputs must be one of kept, masked, got "all"'],
  ["realNvp", { ...stack, norm: "layer" }, 'norm must be one of none, batchNorm, actNorm, got "layer"'],
  ["realNvp", { ...stack, firstTurn: -1 }, "turn must be a whole number from 0"],
  ["nice", { ...stack, hidden: [-3] }, "a hidden width must be a whole number from 1"],
];

it.each(refused)("%s of %j says %s", (name, config, words) => {
  const before = memory().numTensors;
  const error = caught(() => loose[name]!(config));
  expect(isFlowsError(error) && error.code).toBe("config");
  expect((error as Error).message).toContain(words);
  expect(memory().numTensors).toBe(before);
});

it("bases and compositions refuse sizes that do not fit", () => {
  const two = () => maps.affine({ features: 2 });
  const [pair, triple, inside] = [chain([two(), maps.affine({ features: 3 })]), normal({ features: 3 }), two()];
  const base = normal({ features: 2 });
  for (const make of [normal, uniform]) expect(() => make({ features: 0 })).toThrow("features must be a whole number from 1");
  expect(() => flow({ base, bijector: pair })).toThrow("expected events [3], got [2]");
  expect(() => flow({ base: triple, bijector: inside })).toThrow("flows/affine: expected events [2], got [3]");
  expect(() => chain([inside, invert(inside)])).toThrow("already belongs to");
  for (const module of [base, pair, triple, inside]) module.dispose();
});

function caught(make: () => unknown): unknown {
  try {
    return make();
  } catch (error) {
    return error;
  }
}
