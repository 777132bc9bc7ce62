import { type BackendHandle, type Kernel, kernelFor, useBackend, type View } from "@flows/core";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { wasm } from "../index.js";
import { numbers } from "../testing/numbers.js";

let handle: BackendHandle;
beforeAll(async () => {
  handle = await useBackend(wasm());
});
afterAll(() => handle.dispose());

it("opens a buffer as its views, and packs their gradients again", () => {
  const views = [
    { offset: 0, size: 6, spec: { shape: [2, 3] } },
    { offset: 6, size: 1, spec: { shape: [] } },
    { offset: 7, size: 40, spec: { shape: [40] } },
  ] as unknown as View[];
  const kernel = kernelFor("unpack") as Kernel<{ views: View[] }>;
  tf.tidy(() => {
    const buffer = tf.tensor1d(numbers(47));
    const { outputs } = kernel.forward([buffer], { views }, { saving: true });
    expect(outputs.map(({ shape }) => shape)).toEqual([[2, 3], [], [40]]);
    expect(outputs.flatMap((view) => [...view.dataSync()])).toEqual([...buffer.dataSync()]);
    const [gradient] = kernel.backward([], outputs, { views });
    expect(gradient!.dataSync()).toEqual(buffer.dataSync());
  });
});
