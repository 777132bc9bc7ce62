import { cpu } from "@flows/backend-cpu";
import { float64 } from "@flows/backend-float64";
import { mean, memory, neg, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tensorOf } from "../backend/tensor-of.js";
import { useBackend } from "../backend/use-backend.js";
import type { Backend, BackendHandle, Bijector } from "../contracts/index.js";
import { flow } from "../distributions/flow.js";
import { normal } from "../distributions/normal.js";
import { runKernel } from "../kernels/tape.js";
import { chain } from "../maps/chain.js";
import { leaves, reseed } from "../modules/leaves.js";
import { normals } from "../random/index.js";
import { affine, centre } from "../testing/acme.js";
import { adam } from "./adam.js";
import { adamKernel } from "./adam-kernel.js";
import { type AdamAttrs, adamOp } from "./adam-op.js";
import { step } from "./step.js";

const attrs: AdamAttrs = {
  learningRate: 0.01,
  beta1: 0.9,
  beta2: 0.99,
  epsilon: 1e-8,
  correction1: 1 - 0.9 ** 3,
  correction2: 1 - 0.99 ** 3,
  clip: 2,
  weightDecay: 0.1,
  share: 0.5,
};
const n = 7;
const vectors = normals(1, 0, 4, n);
const part = (i: number): Float32Array => vectors.slice(i * n, (i + 1) * n);
const inputsOf = (loss: number, gradient = part(1)): Tensor[] => [
  tensorOf(Float32Array.of(loss), []),
  tensorOf(part(0), [n]),
  tensorOf(gradient, [n]),
  tensorOf(part(2), [n]),
  tensorOf(part(3).map(Math.abs), [n]),
  tensorOf(Float32Array.of(2, 1, 1, 5, 1.5), [5]),
  tensorOf(
    Float32Array.from({ length: n }, (_, i) => i % 2),
    [n],
  ),
];
const numbers = (run: () => Tensor[]): number[][] => {
  const outputs = tidy(run);
  const values = outputs.map((t) => Array.from(t.dataSync()));
  for (const t of outputs) t.dispose();
  return values;
};

/** Adam by hand, in float64. */
function byHand(loss: number): number[][] {
  const [value, gradient, m, s] = [0, 1, 2, 3].map((i) => Array.from(part(i))) as [number[], number[], number[], number[]];
  const { learningRate, beta1, beta2, epsilon, correction1, correction2, clip, weightDecay, share } = attrs;
  const scaled = gradient.map((g) => g * share);
  const shrink = Math.min(1, clip / Math.hypot(...scaled));
  const g = scaled.map((v) => v * shrink);
  const first = g.map((v, i) => beta1 * m[i]! + (1 - beta1) * v);
  const second = g.map((v, i) => beta2 * Math.abs(s[i]!) + (1 - beta2) * v * v);
  const moved = value.map((v, i) => {
    const kept = v * (1 - learningRate * weightDecay * (i % 2));
    return kept - (learningRate * (first[i]! / correction1)) / (Math.sqrt(second[i]! / correction2) + epsilon);
  });
  return [moved, first, second, [2, 0, 1, 5 + share * loss, 1.5 + share], [1]];
}

const backends: readonly (readonly [string, () => Backend])[] = [
  ["float32", cpu],
  ["float64", float64],
];
describe.each(backends)("adam on %s", (_name, backend) => {
  let handle: BackendHandle;
  let before = 0;
  beforeEach(async () => {
    handle = await useBackend(backend());
    before = memory().numTensors;
  });
  afterEach(() => {
    expect(memory().numTensors).toBe(before);
    handle.dispose();
  });
  const ways: readonly (readonly [string, (inputs: Tensor[], a: AdamAttrs) => Tensor[]])[] = [
    ["reference", (inputs, a) => adamOp.reference(inputs, a)],
    ["kernel", (inputs, a) => runKernel(adamKernel, inputs, a)],
  ];

  it.each(ways)("the %s moves as the formula says, clipped or not", (_way, run) => {
    const digits = handle.precision === "float64" ? 12 : 6;
    const close = (found: number[][], wanted: number[][]) =>
      found.forEach((list, i) => void list.forEach((v, j) => void expect(v).toBeCloseTo(wanted[i]![j]!, digits)));
    close(
      numbers(() => run(inputsOf(1.25), attrs)),
      byHand(1.25),
    );
    const free = numbers(() => run(inputsOf(1.25), { ...attrs, clip: Number.POSITIVE_INFINITY }));
    const loose = numbers(() => run(inputsOf(1.25), { ...attrs, clip: 1e6 }));
    close(free, loose);
  });

  it.each(ways)("the %s changes nothing where loss or gradient is not finite, and counts", (_way, run) => {
    const [loss, value, , m, s] = numbers(() => inputsOf(1));
    expect(loss).toEqual([1]);
    const spoiled = [part(1), part(1)].map((g, i) => g.fill(i === 0 ? Number.NaN : Number.POSITIVE_INFINITY, 3, 4));
    const runs = [
      ...spoiled.map((g) => () => run(inputsOf(1, g), attrs)),
      ...[Number.NaN, Number.NEGATIVE_INFINITY].map((l) => () => run(inputsOf(l), attrs)),
    ];
    for (const spoil of runs) expect(numbers(spoil)).toEqual([value, m, s, [3, 2, 2, 5, 1.5], [0]]);
  });

  it("the ten-line loop of the documentation trains a model, state and all", async () => {
    const model = flow({ base: normal({ features: 2 }), bijector: chain([affine({ features: 2 }), centre({ features: 2 })]) });
    reseed(model, 1);
    const rows = tensor(
      normals(4, 0, 64, 2).map((v) => 3 * v + 1),
      [64, 2],
    );
    const losses: number[] = [];

    const optimizer = adam(model, { learningRate: 0.05, clip: 5 });
    for (let i = 0; i < 60; i++) {
      const loss = step(optimizer, (call) => neg(mean(model.logProb(rows, call))));
      if (i % 20 === 0) losses.push((await loss.data())[0]!);
      loss.dispose();
    }
    optimizer.dispose();

    expect(losses[2]!).toBeLessThan(losses[0]! - 1);
    const middle = await leaves(model)
      .find(({ path }) => path.endsWith("middle"))!
      .read();
    expect(middle[0]!).toBeCloseTo(1, 0);
    rows.dispose();
    model.dispose();
  });

  it("a step refuses a loss that is none, or none of the parameters, and changes nothing", async () => {
    const [model, other] = [affine({ features: 2 }), affine({ features: 2 })];
    const read = async () => Promise.all(leaves(model).map(async (leaf) => Array.from(await leaf.read())));
    const old = await read();
    const rows = tensorOf(Float32Array.of(1, 2), [1, 2]);
    using optimizer = adam(model);
    const lossOf = (map: Bijector) => mean(map.inverse(rows)[0]);
    const refused: readonly (readonly [() => unknown, string, string])[] = [
      [async () => mean(model.inverse(rows)[0]), "config", "step: the loss is a promise. Compute it at once"],
      [() => Promise.reject(new Error("late")), "config", "step: the loss is a promise"],
      [() => 3, "config", "step: the loss must be a scalar tensor, got number."],
      [() => undefined, "config", "step: the loss must be a scalar tensor, got undefined."],
      [() => model.inverse(rows)[0], "shape", "step: the loss must be one number, got a tensor [1,2]. Take its mean."],
      [() => lossOf(other), "gradient", "step: the loss does not depend on the parameters that this optimizer trains."],
    ];
    for (const [loss, code, text] of refused) {
      const take = () => step(optimizer, loss as () => Tensor);
      expect(take).toThrow(expect.objectContaining({ code, message: expect.stringContaining(text) }));
    }
    expect(await read()).toEqual(old);
    expect(optimizer.steps).toBe(0);
    const gone = adam(model);
    gone.dispose();
    gone.dispose();
    expect(() => step(gone, () => lossOf(model))).toThrow("step: this optimizer was disposed. Make a new one.");
    rows.dispose();
    model.dispose();
    other.dispose();
    expect(() => step(optimizer, () => lossOf(model))).toThrow("this module was disposed");
  });

  it("trains the leaves it is given and no others, and frees what a failing loss left", async () => {
    const model = chain([affine({ features: 2 }), affine({ features: 2 })]);
    reseed(model, 1);
    const read = async () => Promise.all(leaves(model).map(async (leaf) => Array.from(await leaf.read())));
    const old = await read();
    const optimizer = adam(leaves(model).filter(({ path }) => path === "bijectors.1.shift"));
    const rows = tensor([1, 2], [1, 2]);
    step(optimizer, (call) => mean(model.inverse(rows, call)[0])).dispose();
    const now = await read();
    expect(now.map((values, i) => JSON.stringify(values) === JSON.stringify(old[i]))).toEqual([true, true, false, true]);
    expect(() => adam([])).toThrow("there is nothing to train");
    expect(() => adam(model, { beta1: 1 })).toThrow("beta1 must be below 1");
    optimizer.dispose();
    rows.dispose();
    model.dispose();
  });
});
