import { type BackendHandle, isFlowsError, useBackend } from "@flows/core";
import { arena, blockBytes } from "@flows/programs";
import * as tf from "@tensorflow/tfjs-core";
import { afterEach, describe, expect, it, vi } from "vitest";
import { wasm } from "./index.js";
import { createMemory } from "./memory/memory.js";
import { numbers } from "./testing/numbers.js";

const MIB = 2 ** 20;
let handle: BackendHandle | undefined;
const start = async (options = {}): Promise<void> => {
  handle = await useBackend(wasm(options));
};
afterEach(() => {
  handle?.dispose();
  vi.unstubAllGlobals();
});

const caught = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error;
  }
};

describe("the arena", () => {
  it("wastes at most a quarter above 256 bytes and reuses what was released", () => {
    for (let bytes = 257; bytes < 1e7; bytes = Math.ceil(bytes * 1.37)) expect(blockBytes(bytes) / bytes).toBeLessThanOrEqual(1.25);
    const blocks = arena(createMemory(false, 32 * MIB), () => undefined);
    const first = blocks.allocate(1000);
    expect(first % 64).toBe(0);
    blocks.release(first, 1000);
    expect(blocks.allocate(1010)).toBe(first);
    expect(blocks.used).toBe(blockBytes(1000));
  });
});

describe.each([true, false])("tensors, shared memory %s", (shared) => {
  const begin = async (options = {}): Promise<void> => {
    if (!shared) vi.stubGlobal("crossOriginIsolated", false);
    await start(options);
  };

  it("come back as they went in, over growth of the memory", async () => {
    await begin();
    const values = numbers(12 * MIB);
    const early = tf.add(tf.tensor1d([1, 2, 3]), 1);
    const big = tf.neg(tf.neg(tf.tensor1d(values)));
    expect([...early.dataSync()]).toEqual([2, 3, 4]);
    expect(Buffer.compare(Buffer.from((await big.data()).buffer), Buffer.from(values.buffer))).toBe(0);
    tf.dispose([early, big]);
  });

  it("read as copies, outside shared memory", async () => {
    await begin();
    const x = tf.exp(tf.tensor1d([0, 0]));
    const read = x.dataSync();
    expect(read.buffer).toBeInstanceOf(ArrayBuffer);
    read[0] = 7;
    expect([...x.dataSync()]).toEqual([1, 1]);
  });

  it("survive the tensor they were cut from", async () => {
    await begin();
    const parent = tf.exp(tf.zeros([6, 4]));
    const parts = [
      tf.slice(parent, [1, 1], [2, 2]),
      tf.slice(parent, 2, 3),
      tf.topk(parent, 2).values,
      tf.reshape(parent, [24]),
      tf.clone(parent),
    ];
    parent.dispose();
    const other = tf.fill([6, 4], 5);
    const reused = tf.add(other, other);
    for (const part of parts) expect(new Set(part.dataSync())).toEqual(new Set([1]));
    tf.dispose([...parts, other, reused]);
  });

  it("say what to do where the memory is full", async () => {
    await begin({ maximumBytes: 32 * MIB });
    const x = tf.ones([4 * MIB]);
    const error = caught(() => [1, 2, 3].map(() => tf.exp(x)));
    expect(isFlowsError(error) && error.code).toBe("backend");
    expect(String(error)).toMatch(/maximumBytes/);
  });
});

describe("training", () => {
  it("keeps bytes, tensors and data ids flat over 400 steps", async () => {
    await start();
    const [w, b] = [tf.variable(tf.zeros([3, 8])), tf.variable(tf.zeros([8]))];
    const x = tf.tensor2d(numbers(64 * 3), [64, 3]);
    const optimizer = tf.train.adam(0.01);
    const step = (): void => {
      tf.tidy(() => {
        optimizer.minimize(() => tf.mean(tf.square(tf.sub(tf.tanh(tf.add(tf.matMul(x, w), b)), 0.5))), false, [w, b]);
      });
    };
    for (let i = 0; i < 5; i++) step();
    const now = () => ({ tensors: tf.memory().numTensors, ids: tf.backend().numDataIds(), bytes: usedBytes() });
    const before = now();
    for (let i = 0; i < 400; i++) step();
    expect(now()).toEqual(before);
  });
});

describe("the backend", () => {
  it("leaves no kernel behind, starts again, and its tensors keep their numbers", async () => {
    await start();
    const x = tf.exp(tf.tensor1d([0, 0, 0]));
    handle?.dispose();
    expect(tf.getKernelsForBackend("flows-wasm")).toHaveLength(0);
    expect([...(await x.data())]).toEqual([1, 1, 1]);
    await start();
    expect([...tf.add(x, x).dataSync()]).toEqual([2, 2, 2]);
  });

  it("gives the same numbers without relaxed SIMD", async () => {
    const run = (): Float32Array => tf.softplus(tf.tensor1d(numbers(1000, -9, 9))).dataSync() as Float32Array;
    await start({ relaxed: false });
    const plain = run();
    handle?.dispose();
    await start();
    run().forEach((y, i) => {
      expect(Math.abs(y - plain[i]!)).toBeLessThan(3e-7 * (1 + y));
    });
  });

  it("refuses a limit it cannot keep", () => {
    expect(() => wasm({ maximumBytes: 5 * 2 ** 30 })).toThrow(/maximumBytes/);
  });
});

const usedBytes = (): number => (tf.backend() as unknown as { usedBytes: number }).usedBytes;
