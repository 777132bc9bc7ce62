import { batchNorm, householder, realNvp, softplus } from "@flows/bijectors";
import {
  adam,
  type BackendHandle,
  chain,
  type Distribution,
  fit,
  flow,
  gradLogProb,
  isFlowsError,
  nllStep,
  normal,
  score,
  step,
  useBackend,
} from "@flows/core";
import { withReference } from "@flows/core/author";
import { mean, neg } from "@flows/core/ops";
import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { wasm as full } from "./index.js";
import { wasm } from "./inference.js";
import { numbers } from "./testing/numbers.js";

const features = 2;
const rows = { data: numbers(64 * features, 0.1, 2, 9), shape: [64, features] } as const;
const tensor = (): tf.Tensor => tf.tensor2d(rows.data, [64, features]);

const models: Readonly<Record<string, () => Distribution>> = {
  "one program": () => realNvp({ features, layers: 2, hidden: [8], norm: "batchNorm" }),
  "layers one by one": () =>
    flow({
      base: normal({ features }),
      bijector: chain([batchNorm({ features }), householder({ features, reflections: 1 }), softplus({})]),
    }),
};

/** A step by an optimizer of its own. */
function stepped(model: Distribution, take: (optimizer: ReturnType<typeof adam>) => tf.Tensor): void {
  const optimizer = adam(model, { learningRate: 0.1 });
  try {
    take(optimizer).dispose();
  } finally {
    optimizer.dispose();
  }
}

const asked: Readonly<Record<string, (model: Distribution) => unknown>> = {
  fit: (model) => fit(model, rows, { seed: 1, steps: 2 }),
  step: (model) => stepped(model, (optimizer) => step(optimizer, (call) => neg(mean(model.logProb(tensor(), call))))),
  nllStep: (model) => stepped(model, (optimizer) => tf.tidy(() => nllStep(optimizer, model, tensor()))),
  gradLogProb: (model) => gradLogProb(model, rows),
  "tf.grad": (model) => tf.tidy(() => tf.grad((x) => tf.sum(model.logProb(x)))(tensor())),
  "tf.variableGrads": (model) => tf.tidy(() => tf.variableGrads(() => tf.sum(model.logProb(tensor())) as tf.Scalar)),
};

/** What was thrown, at once or later. */
const caught = async (ask: () => unknown): Promise<unknown> => {
  try {
    return await ask();
  } catch (error) {
    return error;
  }
};

const refused = (error: unknown): void => {
  expect(isFlowsError(error) && error.code).toBe("backend");
  expect(String(error)).toMatch(/flows\/wasm: this backend only scores and draws: .*\. Import wasm from @flows\/backend-wasm to train\.$/);
};

let handle: BackendHandle;
afterEach(() => handle.dispose());

describe.each(Object.entries(models))("%s", (_name, make) => {
  beforeEach(async () => {
    // Another backend of the process may have registered gradients before.
    (await useBackend(full())).dispose();
    handle = await useBackend(wasm({ threads: 2 }));
  });

  it.each(Object.entries(asked))("%s is refused, changes nothing and leaves nothing", async (_what, ask) => {
    const before = tf.memory().numTensors;
    const model = make();
    // `fit` draws the weights of a new model before its first step.
    refused(await caught(() => fit(model, rows, { seed: 1, steps: 1 })));
    const scores = await score(model, rows);
    const held = tf.memory().numTensors;
    refused(await caught(() => ask(model)));
    expect(tf.memory().numTensors).toBe(held);
    expect(await score(model, rows)).toEqual(scores);
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

it("so is the gradient of what no kernel of ours computes, also where tfjs knows it", async () => {
  (await useBackend(full())).dispose();
  expect(tf.getGradient("Exp")).toBeDefined();
  handle = await useBackend(wasm());
  refused(await caught(() => tf.tidy(() => tf.grad((x) => tf.sum(tf.exp(x)))(tensor()))));
  expect(tf.tidy(() => tf.exp(tf.scalar(0)).dataSync()[0])).toBe(1);
});

it("a batch's own moments are those of the composites", async () => {
  handle = await useBackend(wasm({ threads: 1 }));
  const model = models["one program"]!();
  const before = tf.memory().numTensors;
  const density = () => tf.tidy(() => model.logProb(tensor(), { training: true }).dataSync());
  const [got, expected] = [density(), withReference(density)];
  for (let i = 0; i < expected.length; i++) expect(got[i]).toBeCloseTo(expected[i]!, 4);
  expect(tf.memory().numTensors).toBe(before);
  model.dispose();
});

it("the backend that trains does so after it", async () => {
  (await useBackend(wasm())).dispose();
  handle = await useBackend(full());
  const model = models["layers one by one"]!();
  const before = await score(model, rows);
  await fit(model, rows, { seed: 1, steps: 20 });
  const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);
  expect(sum(await score(model, rows))).toBeGreaterThan(sum(before));
  model.dispose();
});
