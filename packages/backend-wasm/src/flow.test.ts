import { cpu } from "@flows/backend-cpu";
import { realNvp } from "@flows/bijectors";
import { leaves, moveTo, reseed, score, useBackend } from "@flows/core";
import { mlpSpec, type RowKernel, withReference } from "@flows/core/author";
import * as tf from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";
import { wasm } from "./index.js";
import { error, numbers } from "./testing/numbers.js";

it("a flow has the same density and gradients as on the CPU and as its reference", async () => {
  const first = await useBackend(cpu({ programs: false }));
  const flow = realNvp({ features: 3, layers: 4, hidden: [17, 9], norm: "actNorm" });
  reseed(flow, 5);
  for (const leaf of leaves(flow)) leaf.write(numbers(leaf.size, -0.4, 0.4, 3));
  const rows = numbers(65 * 3, -2, 2, 9);
  const run = () => {
    const x = tf.tensor2d(rows, [65, 3]);
    const { value, grads } = tf.variableGrads(() => tf.mean(flow.logProb(x)) as tf.Scalar);
    return [
      value,
      ...Object.entries(grads)
        .sort(([a], [b]) => a.localeCompare(b))
        .map(([, gradient]) => gradient),
    ].map((t) => t.dataSync());
  };
  const plain = tf.tidy(() => withReference(run) as never) as unknown as Float32Array[];
  await moveTo(flow, wasm());
  const [fast, reference] = [run(), withReference(run)];
  plain.forEach((wanted, i) => {
    expect(error(fast[i]!, wanted), `kernels, ${i}`).toBeLessThan(2e-5);
    expect(error(reference[i]!, wanted), `references, ${i}`).toBeLessThan(2e-5);
  });
  flow.dispose();
  first.dispose();
  (await useBackend(wasm())).dispose();
});

it("moves to other settings of the same backend", async () => {
  const first = await useBackend(wasm({ threads: 1 }));
  const flow = realNvp({ features: 2, layers: 2, hidden: [8] });
  const rows = { data: numbers(20, -2, 2, 1), shape: [10, 2] } as const;
  const before = await score(flow, rows);
  await moveTo(flow, wasm({ threads: 2 }));
  expect(await score(flow, rows)).toEqual(before);
  first.dispose();
  expect(await score(flow, rows)).toEqual(before);
  flow.dispose();
  (await useBackend(wasm({ threads: 2 }))).dispose();
});

it("refuses a plugin's kernel for an op that has one", async () => {
  const kernel: RowKernel = { spec: mlpSpec, forward: () => undefined, backward: () => undefined };
  const acme = { name: "acme", spec: 1, modules: [], kernels: [kernel] } as const;
  await expect(useBackend(wasm({ plugins: [acme] }))).rejects.toThrow(/two kernels for the op mlp/);
});
