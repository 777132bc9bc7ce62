import { type BackendHandle, useBackend } from "@flows/core";
import { type Kernel, kernelFor, type View } from "@flows/core/author";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { wasm } from "../index.js";
import { numbers } from "../testing/numbers.js";

let handle: BackendHandle;
beforeAll(async () => {
  handle = await useBackend(wasm());
});
afterAll(() => handle.dispose());

it.each([
  ["a buffer of its own", 0, 47],
  ["a part of a buffer", 5, 60],
])("opens %s as its views, and packs their gradients again", (_title, start, size) => {
  const views = [
    { offset: start, size: 6, spec: { shape: [2, 3] }, buffer: { size } },
    { offset: start + 6, size: 1, spec: { shape: [] }, buffer: { size } },
    { offset: start + 7, size: 40, spec: { shape: [40] }, buffer: { size } },
  ] as unknown as View[];
  const kernel = kernelFor("unpack") as Kernel<{ views: View[] }>;
  tf.tidy(() => {
    const buffer = tf.tensor1d(numbers(size));
    const { outputs } = kernel.forward([buffer], { views }, { saving: true });
    expect(outputs.map(({ shape }) => shape)).toEqual([[2, 3], [], [40]]);
    expect(outputs.flatMap((view) => [...view.dataSync()])).toEqual([...buffer.dataSync().slice(start, start + 47)]);
    const [gradient] = kernel.backward!([], outputs, { views });
    expect([...gradient!.dataSync()]).toEqual([...buffer.dataSync()].map((v, i) => (i < start || i >= start + 47 ? 0 : v)));
  });
});
