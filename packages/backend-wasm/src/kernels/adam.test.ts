import { type BackendHandle, useBackend } from "@flows/core";
import { type AdamAttrs, adamOp, withReference } from "@flows/core/author";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { wasm } from "../index.js";
import { error, numbers } from "../testing/numbers.js";

let handle: BackendHandle;
beforeAll(async () => {
  handle = await useBackend(wasm());
});
afterAll(() => handle.dispose());

const attrs: AdamAttrs = {
  learningRate: 0.01,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  correction1: 0.271,
  correction2: 0.003,
  clip: Infinity,
  weightDecay: 0,
  share: 1,
};
const inputs = (n: number): tf.Tensor[] => [
  tf.scalar(2.5),
  tf.tensor1d(numbers(n, -1, 1, 1)),
  tf.tensor1d(numbers(n, -1, 1, 2)),
  tf.tensor1d(numbers(n, -0.1, 0.1, 3)),
  tf.tensor1d(numbers(n, 0, 0.01, 4)),
  tf.tensor1d([2, 1, 3, 10, 4]),
];

function sameAsReference(given: tf.Tensor[], changed: Partial<AdamAttrs> = {}): tf.Tensor[] {
  const settings = { ...attrs, ...changed };
  const ours = adamOp(given, settings);
  withReference(() => adamOp(given, settings)).forEach((wanted, i) => {
    expect(ours[i]!.shape).toEqual(wanted.shape);
    expect(error(ours[i]!.dataSync(), wanted.dataSync()), `output ${i}`).toBeLessThan(1e-6);
  });
  return ours;
}

describe("adam", () => {
  it.each([1, 3, 4, 65, 1000])("moves %i numbers as its reference does, clipped and decayed too", (n) => {
    tf.tidy(() => {
      sameAsReference(inputs(n));
      sameAsReference(inputs(n), { clip: 0.5, share: 0.25 });
      sameAsReference([...inputs(n), tf.tensor1d(numbers(n, 0, 1, 5).map(Math.round))], { weightDecay: 0.1 });
    });
  });

  it("changes nothing where the loss or the gradient is not finite", () => {
    tf.tidy(() => {
      for (const [which, poison] of [
        [0, Number.NaN],
        [2, Infinity],
        [2, 3e38],
      ] as const) {
        const given = inputs(5);
        given[which] = tf.fill(given[which]!.shape, poison);
        const [value, , , tally, ok] = sameAsReference(given);
        expect(value!.dataSync()).toEqual(given[1]!.dataSync());
        expect([...tally!.dataSync(), ...ok!.dataSync()]).toEqual([3, 2, 3, 10, 4, 0]);
      }
    });
  });

  it("writes in place what nobody else holds, with the same numbers, and leaves a clone as it was", () => {
    tf.tidy(() => {
      const wanted = adamOp(inputs(65), attrs).map((output) => output.dataSync());
      const [loss, value, gradient, m, s, tally] = inputs(65) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
      const given = [loss, value, gradient, m, s, tally];
      const before = value.dataSync();
      const held = value.clone();
      expect(adamOp(given, { ...attrs, inPlace: true }).map((output) => output.dataSync())).toEqual(wanted);
      for (const tensor of [value, held]) expect(tensor.dataSync()).toEqual(before);
      held.dispose();
      const outputs = adamOp(given, { ...attrs, inPlace: true });
      [value, m, s].forEach((tensor, i) => void expect(outputs[i]).toBe(tensor));
      expect(outputs.map((output) => output.dataSync())).toEqual(wanted);
    });
  });
});
