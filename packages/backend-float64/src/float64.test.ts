import { type BackendHandle, useBackend } from "@flows/core";
import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { elu, erf, softplus } from "./accurate.js";
import { float64 } from "./index.js";

let handle: BackendHandle;
const wide = (values: readonly number[], shape: readonly number[] = [values.length]): tf.Tensor =>
  tf.engine().makeTensor(Float64Array.from(values) as unknown as Float32Array, [...shape], "float32");
const numbers = (n: number, low: number, high: number): number[] =>
  Array.from({ length: n }, (_, i) => low + (high - low) * ((i * 0.6180339887 + 0.37) % 1));

async function close(actual: tf.Tensor, expected: readonly number[], tolerance = 1e-14): Promise<void> {
  const data = await actual.data();
  expect(data).toBeInstanceOf(Float64Array);
  expect(data.length).toBe(expected.length);
  for (const [i, e] of expected.entries())
    expect(Math.abs(data[i]! - e) / (1 + Math.abs(e)), `entry ${i}: ${data[i]} for ${e}`).toBeLessThanOrEqual(tolerance);
}

it("registers nothing on import, and only under its own name after", async () => {
  expect(tf.findBackendFactory("float64")).toBeFalsy();
  expect(tf.getKernelsForBackend("float64")).toEqual([]);
  handle = await useBackend(float64());
  expect(tf.getBackend()).toBe("float64");
  expect(tf.findBackendFactory("cpu")).toBeFalsy();
  expect(tf.getKernelsForBackend("cpu")).toEqual([]);
  expect(tf.getKernelsForBackend("float64").length).toBe(171);
});

describe("float64", () => {
  beforeAll(async () => {
    handle = await useBackend(float64());
    tf.engine().startScope();
    return () => tf.engine().endScope();
  });

  const x = numbers(12, -2, 2);
  const p = numbers(12, 0.2, 5);
  const maps: [name: string, op: (x: tf.Tensor) => tf.Tensor, f: (x: number) => number, inputs: number[]][] = [
    ["abs", tf.abs, Math.abs, x],
    ["neg", tf.neg, (v) => -v, x],
    ["exp", tf.exp, Math.exp, x],
    ["expm1", tf.expm1, Math.expm1, x],
    ["log", tf.log, Math.log, p],
    ["log1p", tf.log1p, Math.log1p, p],
    ["sqrt", tf.sqrt, Math.sqrt, p],
    ["rsqrt", tf.rsqrt, (v) => 1 / Math.sqrt(v), p],
    ["square", tf.square, (v) => v * v, x],
    ["reciprocal", tf.reciprocal, (v) => 1 / v, p],
    ["sin", tf.sin, Math.sin, x],
    ["cos", tf.cos, Math.cos, x],
    ["tan", tf.tan, Math.tan, x],
    ["sinh", tf.sinh, Math.sinh, x],
    ["cosh", tf.cosh, Math.cosh, x],
    ["tanh", tf.tanh, Math.tanh, x],
    ["asinh", tf.asinh, Math.asinh, x],
    ["acosh", tf.acosh, Math.acosh, numbers(12, 1, 9)],
    ["atanh", tf.atanh, Math.atanh, numbers(12, -0.9, 0.9)],
    ["atan", tf.atan, Math.atan, x],
    ["erf", tf.erf, erf, x],
    ["sigmoid", tf.sigmoid, (v) => 1 / (1 + Math.exp(-v)), x],
    ["softplus", tf.softplus, softplus, numbers(12, -30, 30)],
    ["relu", tf.relu, (v) => Math.max(v, 0), x],
    ["elu", tf.elu, elu, x],
    ["leakyRelu", (v) => tf.leakyRelu(v, 0.01), (v) => (v > 0 ? v : 0.01 * v), x],
    ["clipByValue", (v) => tf.clipByValue(v, -0.1, 0.3), (v) => Math.min(0.3, Math.max(-0.1, v)), x],
  ];
  it.each(maps)("%s", (_name, op, f, inputs) => close(op(wide(inputs)), inputs.map(f)));

  const y = numbers(12, 0.3, 3);
  const pairs: [name: string, op: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor, f: (a: number, b: number) => number][] = [
    ["add", tf.add, (a, b) => a + b],
    ["sub", tf.sub, (a, b) => a - b],
    ["mul", tf.mul, (a, b) => a * b],
    ["div", tf.div, (a, b) => a / b],
    ["pow", (a, b) => tf.pow(tf.abs(a), b), (a, b) => Math.abs(a) ** b],
    ["maximum", tf.maximum, Math.max],
    ["minimum", tf.minimum, Math.min],
    ["squaredDifference", tf.squaredDifference, (a, b) => (a - b) ** 2],
    ["atan2", tf.atan2, Math.atan2],
    ["prelu", tf.prelu, (a, b) => (a < 0 ? a * b : a)],
  ];
  it.each(pairs)("%s, also broadcast", async (_name, op, f) => {
    await close(
      op(wide(x), wide(y)),
      x.map((a, i) => f(a, y[i]!)),
    );
    await close(
      op(wide(x, [4, 3]), wide(y.slice(0, 3))),
      x.map((a, i) => f(a, y[i % 3]!)),
    );
  });

  const rows = [0, 1, 2, 3].map((r) => x.slice(3 * r, 3 * r + 3));
  const total = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
  it("reductions", async () => {
    const t = wide(x, [4, 3]);
    await close(tf.sum(t), [total(x)]);
    await close(
      tf.sum(t, 0),
      [0, 1, 2].map((j) => total(rows.map((row) => row[j]!))),
    );
    await close(
      tf.mean(t, 1),
      rows.map((row) => total(row) / 3),
    );
    await close(
      tf.max(t, 1),
      rows.map((row) => Math.max(...row)),
    );
    await close(
      tf.min(t, 1),
      rows.map((row) => Math.min(...row)),
    );
    await close(
      tf.prod(t, 1),
      rows.map(([a, b, c]) => a! * b! * c!),
    );
    await close(
      tf.cumsum(t, 1),
      rows.flatMap(([a, b, c]) => [a!, a! + b!, a! + b! + c!]),
    );
    await close(
      tf.logSumExp(t, 1),
      rows.map((row) => Math.log(total(row.map(Math.exp)))),
    );
    await close(
      tf.softmax(t),
      rows.flatMap((row) => row.map((v) => Math.exp(v) / total(row.map(Math.exp)))),
    );
    await close(
      tf.logSoftmax(t),
      rows.flatMap((row) => row.map((v) => v - Math.log(total(row.map(Math.exp))))),
    );
  });

  it("matMul, transposed or not", async () => {
    const product = rows.flatMap((row) => [0, 1].map((j) => total(row.map((v, k) => v * y[2 * k + j]!))));
    const [a, b] = [wide(x, [4, 3]), wide(y.slice(0, 6), [3, 2])];
    await close(tf.matMul(a, b), product);
    await close(tf.matMul(tf.transpose(a), tf.transpose(b), true, true), product);
  });

  it("moves values", async () => {
    const t = wide(x, [4, 3]);
    await close(
      tf.concat([t, wide(y, [4, 3])], 1),
      rows.flatMap((row, r) => [...row, ...y.slice(3 * r, 3 * r + 3)]),
    );
    await close(tf.slice(t, [1, 1], [2, 2]), [...rows[1]!.slice(1), ...rows[2]!.slice(1)]);
    await close(
      tf.gather(t, tf.tensor1d([2, 0], "int32"), 1),
      rows.flatMap((row) => [row[2]!, row[0]!]),
    );
    await close(
      tf.where(tf.greater(t, tf.zerosLike(t)), t, wide(y, [4, 3])),
      x.map((v, i) => (v > 0 ? v : y[i]!)),
    );
    await close(
      tf.reverse(t, 1),
      rows.flatMap((row) => [...row].reverse()),
    );
    await close(
      tf.transpose(t),
      [0, 1, 2].flatMap((j) => rows.map((row) => row[j]!)),
    );
    await close(
      tf.pad(t, [
        [0, 0],
        [1, 0],
      ]),
      rows.flatMap((row) => [0, ...row]),
    );
    await close(
      tf.tile(t, [1, 2]),
      rows.flatMap((row) => [...row, ...row]),
    );
    await close(tf.stack(tf.unstack(t, 0)), x);
    await close(
      tf.split(t, 3, 1)[1]!,
      rows.map((row) => row[1]!),
    );
    await close(
      tf.unsortedSegmentSum(t, tf.tensor1d([0, 1, 0, 1], "int32"), 2),
      [0, 1].flatMap((r) => [0, 1, 2].map((j) => rows[r]![j]! + rows[r + 2]![j]!)),
    );
    await close(tf.cast(tf.cast(tf.tensor1d([1, 2]), "int32"), "float32"), [1, 2]);
  });

  it("fills exactly", async () => {
    await close(tf.fill([], 0.1), [0.1], 0);
    await close(tf.fill([2, 2], Math.PI), Array(4).fill(Math.PI), 0);
    await close(tf.ones([2]), [1, 1], 0);
    await close(tf.zeros([2]), [0, 0], 0);
    await close(tf.eye(2), [1, 0, 0, 1], 0);
    await close(tf.onesLike(wide([0.1])), [1], 0);
    await close(tf.oneHot(tf.tensor1d([1], "int32"), 2, 0.1, 0.3, "float32"), [0.3, 0.1], 0);
    await close(tf.linspace(0, 1, 4), [0, 1 / 3, 2 / 3, 1], 1e-16);
    await close(tf.range(0, 0.3, 0.1), [0, 0.1, 0.2], 1e-16);
  });

  it("rounds nowhere: a chain of every kind of step at once", async () => {
    const f = (v: number): number => Math.log1p(Math.exp(0.1 * v)) / 3 - Math.tanh(v);
    const tenth = tf.fill([], 0.1);
    const value = (t: tf.Tensor): tf.Tensor => tf.sub(tf.div(tf.log1p(tf.exp(tf.mul(tenth, t))), tf.fill([], 3)), tf.tanh(t));
    await close(value(wide(x)), x.map(f), 1e-16);
  });

  it("differentiates exactly", async () => {
    const value = (t: tf.Tensor): tf.Tensor => tf.sum(tf.mul(tf.exp(t), tf.sin(t)));
    await close(
      tf.grad(value)(wide(x)),
      x.map((v) => Math.exp(v) * Math.sin(v) + Math.exp(v) * Math.cos(v)),
      1e-15,
    );
    const second = tf.grad((t) => tf.grad(value)(t));
    await close(
      second(wide(x)),
      x.map((v) => 2 * Math.exp(v) * Math.cos(v)),
    );
  });

  it("gives whole numbers and truth values back as they are", async () => {
    expect(await tf.tensor1d([1, 2], "int32").data()).toEqual(Int32Array.of(1, 2));
    expect(await tf.greater(wide([1]), wide([0])).data()).toEqual(Uint8Array.of(1));
    expect(wide([1, 2], [2, 1]).arraySync()).toEqual([[1], [2]]);
  });
});

describe("what stands in for tfjs's own", () => {
  it.each([
    [0, 0],
    [0.1, 0.1124629160182849],
    [0.5, 0.5204998778130465],
    [-1, -0.8427007929497149],
    [2, 0.9953222650189527],
    [3.5, 0.9999992569016276],
    [7, 1],
  ])("erf(%d)", (x, expected) => expect(Math.abs(erf(x) - expected)).toBeLessThan(1e-15));
  it("softplus keeps what is small", () => {
    expect(softplus(-50)).toBeCloseTo(Math.exp(-50), 35);
    expect(softplus(14) - 14).toBeCloseTo(8.315283e-7, 12);
    expect(softplus(800)).toBe(800);
    expect(elu(-1e-18)).toBe(-1e-18);
  });
});

describe("dispose", () => {
  afterEach(() => handle.dispose());
  it("takes everything back, and a second use works", async () => {
    handle = await useBackend(float64());
    const kept = wide([0.1]);
    handle.dispose();
    expect(tf.getKernelsForBackend("float64")).toEqual([]);
    expect(tf.findBackendFactory("float64")).toBeFalsy();
    expect(kept.dataSync()[0]).toBe(0.1);
    kept.dispose();
    handle = await useBackend(float64());
    await close(tf.exp(wide([0.1])), [Math.exp(0.1)], 0);
  });
});
