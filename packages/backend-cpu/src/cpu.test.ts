import { additiveTransformer, affine, affineTransformer, alternatingMask, batchNorm, coupling, mlp, permutation } from "@flows/bijectors";
import { type BackendHandle, type Bijector, chain, leaves, reseed, type Tensor, useBackend } from "@flows/core";
import { batchMomentsSpec, mlpSpec, programFor, type RowKernel, type RowOpSpec, rowOpSpec, withReference } from "@flows/core/author";
import * as tf from "@tensorflow/tfjs-core";
import { afterEach, describe, expect, it } from "vitest";
import { cpu } from "./index.js";

let handle: BackendHandle | undefined;
afterEach(() => handle?.dispose());

const net = (activation: "relu" | "tanh", outputs: number) => mlp({ features: 2, hidden: [9, 8], outputs, activation, last: "random" });
const model = (): Bijector =>
  chain([
    affine({ features: 4 }),
    coupling({ mask: alternatingMask(4, 1), conditioner: net("relu", 4), transformer: affineTransformer({ clamp: 1 }) }),
    permutation({ order: [2, 0, 3, 1] }),
    batchNorm({ features: 4 }),
    coupling({ mask: alternatingMask(4, 0), conditioner: net("tanh", 2), transformer: additiveTransformer({}) }),
  ]);
const rows = (n: number): Tensor =>
  tf.tensor2d(
    Array.from({ length: 4 * n }, (_, i) => Math.sin(1 + 3 * i) * 1.3),
    [n, 4],
  );

interface Result {
  readonly values: number[];
  readonly gradients: number[];
}

/** The value and log-det of both directions, and every parameter's gradient of a nonlinear function of them. */
function evaluate(b: Bijector, n: number, training: boolean): Result {
  return tf.tidy(() => {
    const updates = new Map();
    const run = (): Tensor[] => [...b.inverse(rows(n), { training, updates }), ...b.forward(rows(n))];
    const values = run().flatMap((t) => [...t.dataSync()]);
    const state = [...updates.values()].flatMap((t: Tensor) => [...t.dataSync()]);
    const { grads } = tf.variableGrads(() => tf.addN(run().map((t) => tf.mean(tf.sin(t)))) as tf.Scalar);
    const gradients = Object.keys(grads)
      .sort()
      .flatMap((name) => [...grads[name]!.dataSync()]);
    for (const t of updates.values()) t.dispose();
    return { values: [...values, ...state], gradients };
  });
}

function close(actual: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  for (const [i, e] of expected.entries())
    expect(Math.abs(actual[i]! - e) / (1 + Math.abs(e)), `entry ${i}: ${actual[i]}, wanted ${e}`).toBeLessThan(tolerance);
}

describe.each([[{ programs: true }], [{ programs: false }]])("cpu(%j)", (options) => {
  it.each([
    [1, false],
    [130, false],
    [130, true],
  ])("equals the reference on %d rows, training %s", async (n, training) => {
    handle = await useBackend(cpu(options));
    const before = tf.memory().numTensors;
    const b = model();
    reseed(b, 5);
    expect(programFor(b, [4], "inverse", training), "the chain lowers").toBeTypeOf("object");
    const fast = evaluate(b, n, training);
    const truth = withReference(() => evaluate(b, n, training));
    close(fast.values, truth.values, 2e-5);
    close(fast.gradients, truth.gradients, 1e-4);
    expect(leaves(b).length).toBeGreaterThan(10);
    expect(fast.gradients.some((g) => g !== 0)).toBe(true);
    b.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

it("says nothing about other backends, and can be used again", async () => {
  const warn = console.warn;
  const said: unknown[] = [];
  console.warn = (...words) => void said.push(words);
  handle = await useBackend(cpu());
  handle.dispose();
  handle = await useBackend(cpu());
  expect(tf.getBackend()).toBe("cpu");
  expect(await tf.scalar(2).data()).toEqual(Float32Array.of(2));
  console.warn = warn;
  expect(said).toEqual([]);
});

it("takes a plugin's kernels, and refuses a second one for an op", async () => {
  const kernel = (op: string): RowKernel => ({
    spec: rowOpSpec({ op }),
    forward: () => undefined,
    backward: () => undefined,
  });
  const plugin = (op: string) => ({ name: "acme", spec: 1, modules: [], kernels: [kernel(op)] }) as const;
  const found = async (options: Parameters<typeof cpu>[0], spec: RowOpSpec) => (await cpu(options).load()).rowKernel?.(spec)?.op;
  const sinh = rowOpSpec({ op: "acmeSinh" });
  expect(await found({ plugins: [plugin("acmeSinh")] }, sinh)).toBe("acmeSinh");
  expect(await found({}, sinh)).toBeUndefined();
  expect(await found({}, mlpSpec)).toBe("mlp");
  expect(await found({}, batchMomentsSpec)).toBeUndefined();
  expect((await cpu({}).load()).programs).toBeDefined();
  expect((await cpu({ programs: false }).load()).programs).toBeUndefined();
  await expect(cpu({ plugins: [plugin("affine")] }).load()).rejects.toThrow("two kernels for the op affine");
});
