import { realNvp } from "@flows/bijectors";
import { type Distribution, draw, leaves, type Rows, score, useBackend } from "@flows/core";
import * as tf from "@tensorflow/tfjs-core";
import { afterEach, describe, expect, it } from "vitest";
import { wasm } from "../index.js";
import { error, numbers } from "../testing/numbers.js";

const features = 3;
const model = (): Distribution => {
  const flow = realNvp({ features, layers: 4, hidden: [17, 9], norm: "batchNorm", networks: "separate", inputs: "masked" });
  for (const leaf of leaves(flow))
    leaf.write(numbers(leaf.size, leaf.spec.range === "positive" ? 0.5 : -0.4, leaf.spec.range ? 1.5 : 0.4, 3));
  return flow;
};
const rowsOf = (n: number): Rows => ({ data: numbers(n * features, -2, 2, 9), shape: [n, features] });

/** Loss, gradients and new running moments of one training call. */
function trained(flow: Distribution, n: number): Float32Array[] {
  const updates = new Map();
  const found = tf.tidy(() => {
    const x = tf.tensor2d(rowsOf(n).data as Float32Array, [n, features]);
    const { value, grads } = tf.variableGrads(() => tf.mean(flow.logProb(x, { training: true, updates })) as tf.Scalar);
    const named = Object.entries(grads).sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }));
    return [value, ...named.map(([, gradient]) => gradient)].map((tensor) => tensor.dataSync() as Float32Array);
  });
  const state = [...updates.values()].map((tensor: tf.Tensor) => tensor.dataSync() as Float32Array);
  tf.dispose([...updates.values()]);
  return [...found, ...state];
}

let close = (): void => undefined;
afterEach(() => close());

async function on<T>(threads: number, use: (flow: Distribution) => T | Promise<T>): Promise<T> {
  const handle = await useBackend(wasm({ threads }));
  const flow = model();
  close = () => {
    flow.dispose();
    handle.dispose();
    close = () => undefined;
  };
  const found = await use(flow);
  close();
  return found;
}

/** Long enough for workers to start. */
const pause = (): Promise<void> => new Promise((done) => setTimeout(done, 150));

describe.each([1, 7, 64, 65, 200])("%i rows", (n) => {
  it.each([2, 3, 4, 16, 64])("on %i threads equal those on one, gradients and running moments too", async (threads) => {
    const wanted = await on(1, (flow) => trained(flow, n));
    const got = await on(threads, (flow) => trained(flow, n));
    expect(got).toHaveLength(wanted.length);
    for (const [i, values] of got.entries()) expect(error(values, wanted[i]!), `number ${i}`).toBeLessThan(1e-5);
  });
});

it("the numbers of a thread count are the same to the bit before and after its workers have started", async () => {
  await on(4, async (flow) => {
    const before = trained(flow, 300);
    await pause();
    for (let i = 0; i < 20; i++) expect(trained(flow, 300)).toEqual(before);
  });
});

it("buffers of every length one after the other, with threads that come late, give the numbers of one thread", async () => {
  const sizes = [1, 300, 8, 129, 17, 64, 513];
  const wanted = await on(1, (flow) => sizes.map((n) => trained(flow, n)));
  await on(4, async (flow) => {
    trained(flow, 300);
    await pause();
    for (let round = 0; round < 60; round++)
      for (const [i, n] of sizes.entries())
        for (const [k, values] of trained(flow, n).entries())
          expect(error(values, wanted[i]![k]!), `${n} rows, number ${k}, round ${round}`).toBeLessThan(1e-5);
  });
});

it("scores are the same on any number of threads, to the bit", async () => {
  const rows = rowsOf(1000);
  const wanted = await on(1, (flow) => score(flow, rows));
  for (const threads of [2, 3, 8]) {
    const got = await on(threads, async (flow) => {
      await score(flow, rows);
      await pause();
      return score(flow, rows);
    });
    expect(got).toEqual(wanted);
  }
});

it("noise is the same on any number of threads, to the bit", async () => {
  const wanted = await on(1, (flow) => draw(flow, 500, { seed: 3 }));
  const got = await on(2, (flow) => draw(flow, 500, { seed: 3 }));
  expect(got.data).toEqual(wanted.data);
});

it.each([0, -1, 1.5, 65, Number.NaN])("refuses %d threads", (threads) => {
  expect(() => wasm({ threads })).toThrow(/flows\/wasm: threads must be a whole number from 1 to 64, got/);
});
