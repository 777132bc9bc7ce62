import { useBackend } from "@flows/core";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { wasm } from "./index.js";
import { error, numbers } from "./testing/numbers.js";

let close: () => void;
beforeAll(async () => {
  close = (await useBackend(wasm())).dispose;
});
afterAll(() => close());

const made = (shape: number[], seed = 1) =>
  tf.tensor(
    numbers(
      shape.reduce((a, b) => a * b, 1),
      0.5,
      2,
      seed,
    ),
    shape,
  );

/** The same op on tfjs's CPU backend, kernel by kernel. */
function onCpu(kernelName: string, inputs: Record<string, tf.TensorInfo>, attrs = {}): { values: ArrayLike<number>; shape: number[] } {
  const { kernelFunc } = tf.getKernel(kernelName, "cpu");
  const info = kernelFunc({ inputs, attrs, backend: tf.backend() }) as tf.TensorInfo;
  const tensor = tf.engine().makeTensorFromTensorInfo(info);
  return { values: tensor.dataSync(), shape: tensor.shape };
}

function sameAsCpu(kernelName: string, inputs: Record<string, tf.Tensor>, attrs: tf.NamedAttrMap = {}, tolerance = 1e-6): void {
  tf.tidy(() => {
    const ours = tf.engine().runKernel(kernelName, inputs, attrs) as tf.Tensor;
    const wanted = onCpu(kernelName, inputs, attrs);
    expect(ours.shape).toEqual(wanted.shape);
    expect(error(ours.dataSync(), wanted.values), `${kernelName} ${JSON.stringify(wanted.shape)}`).toBeLessThan(tolerance);
  });
}

const broadcasts: readonly [number[], number[]][] = [
  [[7], [7]],
  [[65, 3], [3]],
  [[3], [65, 3]],
  [
    [5, 9],
    [5, 1],
  ],
  [
    [5, 1],
    [5, 9],
  ],
  [
    [6, 1],
    [1, 7],
  ],
  [[], [4, 3]],
  [[4, 3], [1]],
  [
    [2, 3, 5],
    [3, 5],
  ],
  [
    [2, 3, 5],
    [2, 1, 1],
  ],
  [
    [2, 3, 5],
    [2, 1, 5],
  ],
  [
    [2, 3, 5],
    [1, 3, 1],
  ],
  [[1, 1], [1]],
  [[0, 3], [3]],
];

describe("two operands", () => {
  it.each(["Add", "Sub", "Multiply", "RealDiv", "Maximum", "Minimum", "SquaredDifference"])("%s broadcasts as the CPU does", (name) => {
    for (const [a, b] of broadcasts) sameAsCpu(name, { a: made(a, 1), b: made(b, 2) });
  });

  it("keep NaN and infinity", () => {
    const [a, b] = [tf.tensor1d([Number.NaN, 1, Infinity, -Infinity, 0]), tf.tensor1d([1, Number.NaN, Infinity, Infinity, 0])];
    for (const name of ["Add", "Sub", "Multiply", "RealDiv", "Maximum", "Minimum"]) sameAsCpu(name, { a, b });
  });

  it("leaves integers to the CPU", () => {
    expect([...tf.add(tf.tensor1d([1, 2], "int32"), tf.tensor1d([3, 4], "int32")).dataSync()]).toEqual([4, 6]);
  });
});

describe("sums", () => {
  const shapes = [[1], [3], [17], [1000], [5, 1], [65, 3], [3, 65], [130, 64], [2, 3, 5], [1, 1]];
  it.each(["Sum", "Mean"])("%s over every run of axes", (name) => {
    for (const shape of shapes)
      for (let from = 0; from < shape.length; from++)
        for (let to = from; to < shape.length; to++)
          for (const keepDims of [true, false]) {
            const axis = shape.flatMap((_, i) => (i >= from && i <= to ? [i] : []));
            sameAsCpu(name, { x: made(shape) }, { axis, keepDims });
          }
    sameAsCpu(name, { x: made([2, 3, 5]) }, { axis: [0, 2], keepDims: false });
  });

  it("lose no digits over a million numbers", () => {
    const values = numbers(2 ** 20, 0, 1, 5);
    const truth = values.reduce((sum, x) => sum + x, 0);
    tf.tidy(() => {
      expect(tf.sum(tf.tensor1d(values)).dataSync()[0]).toBe(Math.fround(truth));
      const columns = tf.sum(tf.tensor2d(values, [2 ** 18, 4]), 0).dataSync<"float32">();
      expect(columns.reduce((sum, x) => sum + x, 0) / truth).toBeCloseTo(1, 5);
    });
  });

  it("keep NaN and infinity", () => {
    const x = tf.tensor2d([1, Number.NaN, 2, Infinity, 3, 4], [3, 2]);
    expect([...tf.sum(x, 0).dataSync()]).toEqual([6, Number.NaN]);
    expect([...tf.sum(x, 1).dataSync()]).toEqual([Number.NaN, Infinity, 7]);
  });
});

describe("copies", () => {
  it("slices, pads, joins and transposes as the CPU does", () => {
    for (const shape of [[7], [5, 9], [65, 2], [2, 3, 5]]) {
      const x = made(shape);
      shape.forEach((length, axis) => {
        const begin = shape.map((_, i) => (i === axis ? Math.floor(length / 3) : 0));
        const size = shape.map((n, i) => (i === axis ? n - begin[i]! : -1));
        sameAsCpu("Slice", { x }, { begin, size });
        sameAsCpu("PadV2", { x }, { paddings: shape.map((_, i) => (i === axis ? [2, 1] : [0, 0])), constantValue: 0 });
        sameAsCpu("Concat", [x, made(shape, 2), x] as unknown as Record<string, tf.Tensor>, { axis });
      });
    }
    for (const [shape, sizes, axis] of [
      [[7], [2, 5], 0],
      [[5, 9], [1, 4, 4], 1],
      [[2, 6, 5], 3, 1],
    ] as [number[], number[] | number, number][]) {
      const parts = tf.split(made(shape), sizes, axis);
      expect(parts.map((part) => part.shape[axis])).toEqual(sizes === 3 ? [2, 2, 2] : sizes);
      expect(tf.concat(parts, axis).dataSync()).toEqual(made(shape).dataSync());
    }
    sameAsCpu("Slice", { x: made([5, 9]) }, { begin: [1, 2], size: [3, 4] });
    sameAsCpu(
      "PadV2",
      { x: made([5, 9]) },
      {
        paddings: [
          [1, 1],
          [2, 0],
        ],
        constantValue: 0,
      },
    );
    for (const shape of [
      [1, 1],
      [3, 8],
      [8, 3],
      [65, 7],
      [64, 64],
    ])
      sameAsCpu("Transpose", { x: made(shape) }, { perm: [1, 0] });
  });
});

describe("products", () => {
  it("multiplies stacks, one repeated, either side transposed", () => {
    for (const [a, b, transposeA, transposeB] of [
      [[5, 3], [3, 4], false, false],
      [[3, 5], [3, 4], true, false],
      [[5, 3], [4, 3], false, true],
      [[3, 5], [4, 3], true, true],
      [[2, 5, 3], [2, 3, 4], false, false],
      [[2, 5, 3], [1, 3, 4], false, false],
      [[1, 3, 5], [6, 3, 4], true, false],
    ] as const)
      sameAsCpu("BatchMatMul", { a: made([...a], 1), b: made([...b], 2) }, { transposeA, transposeB }, 2e-6);
  });

  it("has tfjs's own error for shapes that do not fit", () => {
    expect(() => tf.matMul(made([2, 3]) as tf.Tensor2D, made([2, 3]) as tf.Tensor2D)).toThrow(/inner/);
  });
});
