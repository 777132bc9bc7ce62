import { cpu } from "@flows/backend-cpu";
import { float64 } from "@flows/backend-float64";
import { wasm } from "@flows/backend-wasm";
import { affineTransformer, coupling, mlp, realNvp } from "@flows/bijectors";
import { div, memory, mul, neg, sum, type Tensor, tidy } from "@tensorflow/tfjs-core";
import { afterEach, describe, expect, it } from "vitest";
import { tensorOf } from "../backend/tensor-of.js";
import { useBackend } from "../backend/use-backend.js";
import type { Backend, BackendHandle, Distribution } from "../contracts/index.js";
import { flow } from "../distributions/flow.js";
import { normal } from "../distributions/normal.js";
import { leaves, reseed } from "../modules/leaves.js";
import { normals } from "../random/index.js";
import { adam, type Optimizer } from "./adam.js";
import { nllStep } from "./nll-step.js";
import { step } from "./step.js";

const n = 33;
const numbers = (seed: number, width: number): Tensor => tensorOf(normals(seed, 0, n, width), [n, width]);
const plain = (): Distribution => realNvp({ features: 2, layers: 2, hidden: [9], norm: "batchNorm" });
const conditional = (): Distribution =>
  flow({
    base: normal({ features: 2 }),
    bijector: coupling({
      mask: [1, 0],
      conditioner: mlp({ features: 1, contextFeatures: 3, hidden: [7], outputs: 2, last: "random" }),
      transformer: affineTransformer({}),
    }),
  });

interface Trained {
  readonly losses: readonly number[];
  readonly values: readonly number[];
}

/** Losses of three steps and all numbers after them. */
async function trained(make: () => Distribution, take: (optimizer: Optimizer, model: Distribution) => Tensor): Promise<Trained> {
  const model = make();
  reseed(model, 4);
  const optimizer = adam(model, { learningRate: 1e-4, epsilon: 1, clip: 5 });
  const losses = Array.from({ length: 3 }, () => {
    const loss = take(optimizer, model);
    const [value] = loss.dataSync();
    loss.dispose();
    return value!;
  });
  const values = (await Promise.all(leaves(model).map((leaf) => leaf.read()))).flatMap((leaf) => Array.from(leaf));
  optimizer.dispose();
  model.dispose();
  return { losses, values };
}

const backends: readonly (readonly [string, () => Backend])[] = [
  ["float64", float64],
  ["cpu", cpu],
  ["wasm", wasm],
];
describe.each(backends)("nllStep on %s", (_name, backend) => {
  let handle: BackendHandle;
  afterEach(() => handle.dispose());

  it("is step on the weighted mean NLL: the same losses, parameters and state, and nothing is left", async () => {
    handle = await useBackend(backend());
    const before = memory().numTensors;
    const [x, context] = [numbers(1, 2), numbers(2, 3)];
    const weights = tensorOf(normals(3, 0, 1, n).map(Math.abs), [n]);
    const shares = tidy(() => div(weights, sum(weights)));
    for (const [make, given] of [
      [plain, undefined],
      [conditional, context],
    ] as const) {
      const got = await trained(make, (optimizer, model) => nllStep(optimizer, model, x, { weights, context: given }));
      const want = await trained(make, (optimizer, model) =>
        step(optimizer, (call) => neg(sum(mul(model.logProb(x, { ...call, context: given }), shares)))),
      );
      for (const [i, loss] of want.losses.entries()) expect(got.losses[i]).toBeCloseTo(loss, 5);
      for (const [i, value] of want.values.entries()) expect(got.values[i]).toBeCloseTo(value, 6);
    }
    for (const tensor of [x, context, weights, shares]) tensor.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it("refuses rows, weights and contexts of another shape", async () => {
    handle = await useBackend(backend());
    const [model, x, narrow] = [plain(), numbers(1, 2), numbers(1, 3)];
    const optimizer = adam(model);
    const take = (rows: Tensor, weights?: Tensor, context?: Tensor) => () => nllStep(optimizer, model, rows, { weights, context });
    expect(take(narrow)).toThrow("flows/flow: logProb: expected events [2], got [3].");
    expect(take(x, tensorOf(new Float32Array(5).fill(1), [5]))).toThrow(
      "flows/flow: expected weights or slopes [33], one for each row, got [5].",
    );
    expect(take(x, undefined, narrow)).toThrow("it was built without a context, but got one.");
    optimizer.dispose();
    model.dispose();
  });
});
