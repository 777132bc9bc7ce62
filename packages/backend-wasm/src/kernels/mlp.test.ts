import { type BackendHandle, useBackend } from "@flows/core";
import { type Activation, defineRowOp, type Kernel, kernelFor, mlpSpec, type RowCall, withReference } from "@flows/core/author";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { wasm } from "../index.js";
import { error, numbers } from "../testing/numbers.js";

let handle: BackendHandle;
beforeAll(async () => {
  handle = await useBackend(wasm());
});
afterAll(() => handle.dispose());

const SLOPE = 0.2;
const activations: Record<Activation, (x: number) => number> = {
  relu: (x) => Math.max(x, 0),
  leakyRelu: (x) => (x < 0 ? SLOPE * x : x),
  elu: (x) => (x < 0 ? Math.expm1(x) : x),
  tanh: Math.tanh,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  softplus: (x) => Math.log1p(Math.exp(x)),
};

/** x, w0, b0, w1, b1, ... as flat float64 arrays. */
type Flat = readonly Float64Array[];
interface Case {
  readonly rows: number;
  readonly inputs: number;
  readonly widths: readonly number[];
}

const shapesOf = ({ rows, inputs, widths }: Case): number[][] => [
  [rows, inputs],
  ...widths.flatMap((width, i) => [[i === 0 ? inputs : widths[i - 1]!, width], [width]]),
];
const flatOf = (shapes: number[][]): Flat =>
  shapes.map((shape, i) =>
    Float64Array.from(
      numbers(
        shape.reduce((a, b) => a * b, 1),
        -1,
        1,
        11 + i,
      ),
      (x) => x / Math.sqrt(i > 0 ? shape[0]! : 1),
    ),
  );

/** The stack by loops in float64. */
function expected(flat: Flat, { rows, inputs, widths }: Case, activation: Activation): Float64Array {
  let [h, width] = [flat[0]!, inputs];
  widths.forEach((outputs, layer) => {
    const [w, b] = [flat[1 + 2 * layer]!, flat[2 + 2 * layer]!];
    const next = new Float64Array(rows * outputs);
    for (let r = 0; r < rows; r++)
      for (let j = 0; j < outputs; j++) {
        let sum = b[j]!;
        for (let k = 0; k < width; k++) sum += h[r * width + k]! * w[k * outputs + j]!;
        next[r * outputs + j] = layer < widths.length - 1 ? activations[activation](sum) : sum;
      }
    [h, width] = [next, outputs];
  });
  return h;
}

const attrsOf = ({ widths }: Case, activation: Activation): RowCall => ({ rows: 1, attrs: { widths, activation, slope: SLOPE } });
const kernel = (): Kernel<RowCall> => kernelFor("mlp", mlpSpec)!;
const tensors = (flat: Flat, shapes: number[][]): tf.Tensor[] => flat.map((values, i) => tf.tensor(Float32Array.from(values), shapes[i]!));
const every = (length: number, at: number): boolean => length < 40 || at % Math.ceil(length / 40) === 0;

/** Central differences of sum(value dValue) with respect to every (of long inputs: every so many) number. */
function differences(flat: Flat, shape: Case, activation: Activation, dValue: ArrayLike<number>): number[][] {
  const step = 1e-6;
  const loss = (changed: Flat): number => expected(changed, shape, activation).reduce((sum, y, i) => sum + y * dValue[i]!, 0);
  const moved = (which: number, at: number, by: number): Flat =>
    flat.map((v, i) => (i === which ? v.map((x, j) => (j === at ? x + by : x)) : v));
  return flat.map((values, which) =>
    [...values.keys()].flatMap((at) =>
      every(values.length, at) ? [(loss(moved(which, at, step)) - loss(moved(which, at, -step))) / (2 * step)] : [],
    ),
  );
}

const cases: readonly Case[] = [
  { rows: 1, inputs: 1, widths: [1] },
  { rows: 3, inputs: 2, widths: [5] },
  { rows: 1, inputs: 1, widths: [3, 1] },
  { rows: 65, inputs: 3, widths: [7, 9, 2] },
  { rows: 64, inputs: 2, widths: [64, 64, 2] },
  { rows: 300, inputs: 1, widths: [6, 5] },
];
const title = ({ rows, inputs, widths }: Case): string => `${rows} rows, ${[inputs, ...widths].join("-")}`;

describe.each(Object.keys(activations) as Activation[])("mlp with %s", (activation) => {
  it.each(cases.map((shape) => [title(shape), shape] as const))("%s: value and gradients", (_title, shape) => {
    const shapes = shapesOf(shape);
    const flat = flatOf(shapes).map((v) => Float64Array.from(Float32Array.from(v)));
    const wanted = expected(flat, shape, activation);
    const dValue = numbers(wanted.length, -1, 1, 3);
    tf.tidy(() => {
      const inputs = tensors(flat, shapes);
      const attrs = attrsOf(shape, activation);
      const once = kernel().forward(inputs, attrs, { saving: false });
      const { outputs, saved } = kernel().forward(inputs, attrs, { saving: true });
      expect(once.saved).toHaveLength(0);
      for (const [value, logDet] of [once.outputs, outputs]) {
        expect(value!.shape).toEqual([shape.rows, shape.widths.at(-1)]);
        expect(error(value!.dataSync(), wanted)).toBeLessThan(2e-6);
        expect(error(logDet!.dataSync(), new Float32Array(shape.rows))).toBe(0);
      }
      const gradients = kernel().backward!(saved, [tf.tensor(dValue, outputs[0]!.shape), outputs[1]!], attrs);
      differences(flat, shape, activation, dValue).forEach((wantedGradient, i) => {
        const got = gradients[i]!.dataSync();
        expect(gradients[i]!.shape).toEqual(shapes[i]);
        expect(
          error(
            [...got].filter((_, at) => every(got.length, at)),
            wantedGradient,
          ),
          `gradient ${i}`,
        ).toBeLessThan(1e-5);
      });
    });
  });

  it("carries NaN and infinity to the value and to the gradient", () => {
    const shape = { rows: 9, inputs: 2, widths: [5, 3] };
    const shapes = shapesOf(shape);
    tf.tidy(() => {
      for (const poison of [Number.NaN, Infinity]) {
        const flat = flatOf(shapes);
        flat[0]![5] = poison;
        flat[1]!.fill(0.5);
        const { outputs, saved } = kernel().forward(tensors(flat, shapes), attrsOf(shape, activation), { saving: true });
        const value = outputs[0]!.arraySync() as number[][];
        const wanted = expected(flat, shape, activation);
        expect(error(value.flat(), wanted)).toBeLessThan(2e-6);
        const [dx] = kernel().backward!(saved, [tf.ones([9, 3]), outputs[1]!], attrsOf(shape, activation));
        const rows = dx!.arraySync() as number[][];
        if (Number.isNaN(poison)) expect(rows[2]!.every(Number.isNaN)).toBe(true);
        expect(
          rows
            .filter((_, r) => r !== 2)
            .flat()
            .every(Number.isFinite),
        ).toBe(true);
      }
    });
  });
});

describe("mlp", () => {
  it("gives the gradients of its reference on the tape", () => {
    const dense = defineRowOp(mlpSpec, ([x], [w0, b0, w1, b1]) => [
      tf.add(tf.matMul(tf.tanh(tf.add(tf.matMul(x!, w0!), b0!)), w1!), b1!),
      tf.zeros([x!.shape[0]!]),
    ]);
    const shape = { rows: 33, inputs: 3, widths: [7, 2] };
    const shapes = shapesOf(shape);
    tf.tidy(() => {
      const inputs = tensors(flatOf(shapes), shapes);
      const loss = (x: tf.Tensor, ...params: tf.Tensor[]): tf.Tensor => {
        const [value, logDet] = dense([x], params, { widths: shape.widths, activation: "tanh", slope: SLOPE });
        return tf.add(tf.sum(tf.square(value)), tf.sum(logDet));
      };
      const gradients = (): tf.Tensor[] => tf.grads(loss as never)(inputs as never);
      const [ours, wanted] = [gradients(), withReference(gradients)];
      ours.forEach((gradient, i) => {
        expect(error(gradient.dataSync(), wanted[i]!.dataSync()), `gradient ${i}`).toBeLessThan(1e-6);
      });
    });
  });

  it("leaves nothing behind", () => {
    const shape = { rows: 20, inputs: 2, widths: [6, 1] };
    const shapes = shapesOf(shape);
    const inputs = tensors(flatOf(shapes), shapes);
    const attrs = attrsOf(shape, "tanh");
    const before = tf.memory().numTensors;
    const ids = tf.backend().numDataIds();
    for (let i = 0; i < 50; i++)
      tf.tidy(() => {
        const { outputs, saved } = kernel().forward(inputs, attrs, { saving: true });
        kernel().backward!(saved, outputs, attrs);
      });
    for (let i = 0; i < 5; i++) tf.dispose(kernel().forward(inputs, attrs, { saving: false }).outputs);
    expect([tf.memory().numTensors, tf.backend().numDataIds()]).toEqual([before, ids]);
    tf.dispose(inputs);
  });

  it("takes no rows", () => {
    const shape = { rows: 0, inputs: 2, widths: [6, 1] };
    const shapes = shapesOf(shape);
    tf.tidy(() => {
      const { outputs, saved } = kernel().forward(tensors(flatOf(shapes), shapes), attrsOf(shape, "relu"), { saving: true });
      expect(outputs.map((t) => t.shape)).toEqual([[0, 1], [0]]);
      const gradients = kernel().backward!(saved, outputs, attrsOf(shape, "relu"));
      expect(gradients.map((g) => g!.shape)).toEqual(shapes);
    });
  });

  it("names the activations it knows", () => {
    const attrs: RowCall = { rows: 1, attrs: { widths: [1], activation: "gelu", slope: 1 } };
    expect(() => kernel().forward([tf.ones([1, 1]), tf.ones([1, 1]), tf.ones([1])], attrs, { saving: false })).toThrow(
      /one of relu, leakyRelu/,
    );
  });
});
