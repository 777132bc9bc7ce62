import "@tensorflow/tfjs";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gradients, registerGradients } from "./index.js";

type F = (...inputs: tf.Tensor[]) => tf.Tensor;
interface Case {
  readonly name: string;
  readonly f: F;
  readonly inputs: () => tf.Tensor[];
  /** What the union package says, unless it is wrong or silent: then central differences, or the values themselves. */
  readonly truth?: "differences" | readonly number[];
  readonly second?: false;
}

const names = gradients.map(({ kernelName }) => kernelName);
const union = new Map(names.flatMap((name) => (tf.getGradient(name) ? [[name, tf.getGradient(name)] as const] : [])));
const used = new Set<string>();
const noted = (config: tf.GradConfig): tf.GradConfig => ({
  ...config,
  gradFunc: (dy, saved, attrs) => {
    used.add(config.kernelName);
    return config.gradFunc(dy, saved, attrs);
  },
});
const ours = new Map(gradients.map((config) => [config.kernelName, noted(config)]));

function install(table: ReadonlyMap<string, tf.GradConfig>): void {
  for (const name of names) if (tf.getGradient(name)) tf.unregisterGradient(name);
  for (const config of table.values()) tf.registerGradient(config);
}
function withUnion<T>(f: () => T): T {
  install(union);
  try {
    return f();
  } finally {
    install(ours);
  }
}

/** Numbers that look random, in (low, high), none near a multiple of 1/2. */
const values = (shape: number[], low = -2, high = 2, seed = 1): tf.Tensor => tf.tensor(spread(shape, low, high, seed), shape);
const spread = ([...shape]: number[], low: number, high: number, seed: number): number[] =>
  Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => {
    const x = low + (high - low) * ((((i + 1) * 0.6180339887 + seed * 0.4142135623) % 1) * 0.9 + 0.05);
    return Math.abs(x * 2 - Math.round(x * 2)) < 0.05 ? x + 0.06 : x;
  });

const wave = (y: tf.Tensor): tf.Scalar =>
  tf.sum(tf.mul(tf.sin(tf.add(tf.range(0, y.size, 1), 1)), tf.reshape(tf.cast(y, "float32"), [-1])));
const flat = (tensors: readonly tf.Tensor[]): number[] => tensors.flatMap((t) => [...t.dataSync()]);
const slopes = (f: F, inputs: tf.Tensor[]): tf.Tensor[] => tf.grads((...xs: tf.Tensor[]) => wave(f(...xs)))(inputs);
const directions = (inputs: tf.Tensor[]): tf.Tensor[] => inputs.map((x, i) => values(x.shape, -1, 1, 7 + i));
const along = (gradient: tf.Tensor[], v: tf.Tensor[]): tf.Scalar => tf.addN(gradient.map((g, i) => tf.sum(tf.mul(g, v[i]!))));

const first = ({ f, inputs }: Case): number[] => tf.tidy(() => flat(slopes(f, inputs())));

/** Central differences of the loss, entry by entry. */
const firstByDifferences = ({ f, inputs }: Case, h = 1e-2): number[] =>
  tf.tidy(() => {
    const at = inputs();
    const moved = (k: number, j: number, by: number): number => {
      const xs = at.map((x, i) =>
        i === k
          ? tf.tensor(
              x.dataSync().map((v, m) => (m === j ? v + by : v)),
              x.shape,
            )
          : x,
      );
      return wave(f(...xs)).dataSync()[0]!;
    };
    return at.flatMap((x, k) => Array.from({ length: x.size }, (_, j) => (moved(k, j, h) - moved(k, j, -h)) / (2 * h)));
  });

/** The Hessian times a direction: by two gradients, and by differences of one. */
const second = ({ f, inputs }: Case): number[] =>
  tf.tidy(() => {
    const v = directions(inputs());
    return flat(tf.grads((...xs: tf.Tensor[]) => along(slopes(f, xs), v))(inputs()));
  });
const secondByDifferences = ({ f, inputs }: Case, h = 3e-3): number[] =>
  tf.tidy(() => {
    const v = directions(inputs());
    const at = (t: number): number[] =>
      flat(
        slopes(
          f,
          inputs().map((x, i) => tf.add(x, tf.mul(t, v[i]!))),
        ),
      );
    const behind = at(-h);
    return at(h).map((g, i) => (g - behind[i]!) / (2 * h));
  });

function close(value: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(value.length).toBe(expected.length);
  for (const [i, e] of expected.entries())
    expect(Math.abs(value[i]! - e) / (1 + Math.abs(e)), `entry ${i}: ${value[i]}, wanted ${e}`).toBeLessThan(tolerance);
}

const one = (name: string, f: F, low = -2, high = 2, more: Partial<Case> = {}): Case => ({
  name,
  f,
  inputs: () => [values([2, 3], low, high)],
  ...more,
});
const two = (name: string, f: F, low = -2, high = 2, more: Partial<Case> = {}): Case[] =>
  (
    [
      [
        [2, 3],
        [2, 3],
      ],
      [[2, 3], [3]],
      [
        [2, 1],
        [4, 1, 3],
      ],
      [[], [2, 2]],
    ] as const
  ).map(([a, b]) => ({
    name: `${name} of [${a}] and [${b}]`,
    f,
    inputs: () => [values([...a], low, high), values([...b], low, high, 2)],
    ...more,
  }));
/** At given points, where the union package, or the limit, decides. */
const at = (name: string, f: F, points: readonly number[], truth?: readonly number[]): Case => ({
  name: `${name} at ${points}`,
  f,
  inputs: () => [tf.tensor1d([...points])],
  second: false,
  ...(truth ? { truth: truth.map((t, i) => t * Math.sin(i + 1)) } : {}),
});
const cube = (name: string, f: F, more: Partial<Case> = {}): Case => ({ name, f, inputs: () => [values([2, 3, 2])], ...more });
const ints = (...n: number[]): tf.Tensor1D => tf.tensor1d(n, "int32");
const square = (name: string, f: F): Case => cube(name, (x) => tf.square(f(x)));
const differences = { truth: "differences" } as const;

const cases: readonly Case[] = [
  one("abs", tf.abs),
  at("abs", tf.abs, [-1, 0, 2], [-1, 0, 1]),
  one("square", tf.square),
  one("sqrt", tf.sqrt, 0.3, 3),
  one("rsqrt", tf.rsqrt, 0.3, 3),
  one("reciprocal", tf.reciprocal, 0.4, 3),
  one("exp", tf.exp),
  one("expm1", tf.expm1),
  one("log", tf.log, 0.3, 3),
  one("log1p", tf.log1p, -0.5, 3),
  one("sin", tf.sin),
  one("cos", tf.cos),
  one("tan", tf.tan, -1, 1),
  one("sinh", tf.sinh),
  one("cosh", tf.cosh),
  one("tanh", tf.tanh),
  one("atan", tf.atan),
  one("asinh", tf.asinh),
  one("acosh", tf.acosh, 1.3, 3),
  one("atanh", tf.atanh, -0.7, 0.7),
  one("neg", tf.neg),
  one("relu", tf.relu),
  at("relu", tf.relu, [-1, 0, 2]),
  one("leakyRelu", (x) => tf.leakyRelu(x, 0.01)),
  at("leakyRelu", (x) => tf.leakyRelu(x, 0.01), [-1, 0, 2]),
  one("elu", tf.elu),
  at("elu", tf.elu, [-1, 0, 2]),
  one("sigmoid", tf.sigmoid),
  at("sigmoid", tf.sigmoid, [-90, 0, 90]),
  one("softplus", tf.softplus),
  at("softplus", tf.softplus, [-90, 0, 90]),
  one("softmax", (x) => tf.softmax(x)),
  one("clipByValue", (x) => tf.clipByValue(x, -0.7, 1.1)),
  at("clipByValue", (x) => tf.clipByValue(x, -0.5, 1), [-0.5, 0, 1, 2]),
  ...two("add", tf.add),
  ...two("sub", tf.sub),
  ...two("mul", tf.mul),
  ...two("div", tf.div, 0.4, 3),
  ...two("squaredDifference", tf.squaredDifference, -2, 2, differences),
  ...two("maximum", tf.maximum, -2, 2, differences),
  ...two("minimum", tf.minimum, -2, 2, differences),
  { name: "maximum at a tie", f: tf.maximum, inputs: () => [tf.tensor1d([1, 2]), tf.tensor1d([1, 2])], second: false },
  { name: "minimum at a tie", f: tf.minimum, inputs: () => [tf.tensor1d([1, 2]), tf.tensor1d([1, 2])], second: false },
  { name: "mod", f: tf.mod, inputs: () => [tf.tensor1d([5.3, 7.1]), tf.tensor1d([2.2])] },
  ...two("atan2", tf.atan2, 0.3, 2),
  ...two("pow", tf.pow, 0.4, 2),
  at("pow(x, 2)", (x) => tf.pow(x, 2), [-1.5, 0, 2]),
  at("pow(x, 0)", (x) => tf.pow(x, 0), [-1, 0, 2], [0, 0, 0]),
  at("pow(-2, b)", (b) => tf.pow(-2, b), [1, 2]),
  { name: "prelu", f: (x, alpha) => tf.prelu(x!, alpha!), inputs: () => [values([2, 3]), values([3], 0.1, 0.4)] },
  { name: "addN", f: (...xs) => tf.addN(xs.map(tf.square)), inputs: () => [values([3]), values([3], -1, 1, 2), values([3], -1, 1, 3)] },
  ...[undefined, 0, -1, [0, 2], []].flatMap((axis) => [
    square(`sum over ${axis}`, (x) => tf.sum(x, axis)),
    square(`mean over ${axis}`, (x) => tf.mean(x, axis)),
    square(`max over ${axis}`, (x) => tf.max(x, axis)),
    square(`min over ${axis}`, (x) => tf.min(x, axis)),
  ]),
  square("sum with kept axes", (x) => tf.sum(x, 1, true)),
  at("max, tied", (x) => tf.max(x), [1, 2, 2]),
  at("min, tied", (x) => tf.min(x), [1, 1, 2]),
  ...[undefined, 0, 1, [0, 2]].map((axis) => cube(`prod over ${axis}`, (x) => tf.prod(x, axis), differences)),
  { name: "prod with zeros", f: (x) => tf.prod(x, 0), inputs: () => [tf.tensor2d([0, 2, 3, 0, 1.5, 0], [3, 2])], truth: "differences" },
  ...[0, 1, 2].flatMap((axis) => [
    cube(`cumsum along ${axis}`, (x) => tf.square(tf.cumsum(x, axis)), differences),
    cube(`cumsum along ${axis}, exclusive and reversed`, (x) => tf.square(tf.cumsum(x, axis, true, true)), differences),
  ]),
  square("reshape", (x) => tf.reshape(x, [4, 3])),
  square("expandDims", (x) => tf.expandDims(x, 1)),
  square("transpose", (x) => tf.transpose(x, [2, 0, 1])),
  square("reverse", (x) => tf.reverse(x, [0, -1])),
  square("tile", (x) => tf.tile(x, [2, 1, 3])),
  { name: "broadcastTo", f: (x) => tf.square(tf.broadcastTo(x!, [4, 2, 3])), inputs: () => [values([2, 1])] },
  square("slice", (x) => tf.slice(x, [0, 1, 0], [-1, 2, 1])),
  square("slice of the first axis", (x) => tf.slice(x, 1)),
  square("pad", (x) =>
    tf.pad(x, [
      [1, 0],
      [0, 2],
      [1, 1],
    ]),
  ),
  square("unstack", (x) => tf.mul(tf.unstack(x, 1)[2]!, tf.unstack(x, 1)[0]!)),
  square("split", (x) => tf.mul(tf.split(x, [1, 2], 1)[0]!, tf.split(x, 3, 1)[2]!)),
  cube("split in one", (x) => tf.square(tf.split(x, 1, 1)[0]!), differences),
  { name: "stack", f: (a, b) => tf.square(tf.stack([a!, b!, a!], 1)), inputs: () => [values([2, 3]), values([2, 3], -1, 1, 2)] },
  { name: "concat", f: (a, b) => tf.square(tf.concat([a!, b!, a!], -1)), inputs: () => [values([2, 3]), values([2, 1], -1, 1, 2)] },
  ...[0, 1, -1].map((axis) => square(`gather along ${axis}`, (x) => tf.gather(x, ints(1, 0, 1), axis))),
  square("gather by a matrix", (x) =>
    tf.gather(
      x,
      tf.tensor2d(
        [
          [1, 0, 1],
          [2, 2, 0],
        ],
        [2, 3],
        "int32",
      ),
      1,
    ),
  ),
  {
    name: "gather from many",
    f: (x) => tf.gather(x!, tf.cast(tf.range(0, 1100, 1), "int32") as tf.Tensor1D),
    inputs: () => [values([1100, 1])],
    second: false,
  },
  {
    name: "unsortedSegmentSum",
    f: (x) => tf.square(tf.unsortedSegmentSum(x!, ints(1, 0, -1, 1), 3)),
    inputs: () => [values([4, 2])],
    second: false,
  },
  {
    name: "where",
    f: (a, b) => tf.where(tf.tensor1d([1, 0, 1], "bool"), tf.square(a!), tf.square(b!)),
    inputs: () => [values([2, 3]), values([2, 3], -1, 1, 2)],
  },
  one(
    "where of comparisons",
    (x) => tf.where(tf.logicalOr(tf.logicalAnd(tf.greater(x, 0), tf.less(x, 1)), tf.lessEqual(x, -1)), tf.square(x), x),
    -2,
    2,
    differences,
  ),
  one(
    "where of more comparisons",
    (x) => tf.where(tf.logicalNot(tf.equal(tf.greaterEqual(x, 0), tf.notEqual(x, 1))), tf.square(x), x),
    -2,
    2,
    differences,
  ),
  one(
    "where(isFinite)",
    (x) => tf.where(tf.logicalOr(tf.isNaN(x), tf.isInf(x)), x, tf.where(tf.isFinite(x), tf.square(x), x)),
    -2,
    2,
    differences,
  ),
  one("floor, ceil and round", (x) => tf.addN([tf.floor(x), tf.mul(x, tf.ceil(x)), tf.round(x)]), -2, 2, differences),
  one("sign and step", (x) => tf.mul(x, tf.add(tf.sign(x), tf.step(x, 0.5))), -2, 2, differences),
  one("onesLike and zerosLike", (x) => tf.add(tf.mul(x, tf.onesLike(x)), tf.zerosLike(x))),
  one("cast to int", (x) => tf.mul(x, tf.cast(tf.cast(tf.mul(x, 0), "int32"), "float32"))),
  one("clone", (x) => tf.square(tf.clone(x))),
  one("logSoftmax", (x) => tf.logSoftmax(x), -2, 2, { second: false }),
  one("logSumExp", (x) => tf.logSumExp(x, 1)),
  ...[false, true].flatMap((ta) =>
    [false, true].map((tb): Case => {
      const [a, b] = [ta ? [4, 2] : [2, 4], tb ? [3, 4] : [4, 3]];
      return { name: `matMul ${ta} ${tb}`, f: (x, y) => tf.matMul(x!, y!, ta, tb), inputs: () => [values(a), values(b)] };
    }),
  ),
  { name: "matMul by batches", f: (x, y) => tf.square(tf.matMul(x!, y!)), inputs: () => [values([3, 2, 4]), values([3, 4, 2])] },
  {
    name: "matMul, one for all",
    f: (x, y) => tf.square(tf.matMul(x!, y!)),
    inputs: () => [values([4, 2]), values([3, 2, 2])],
    truth: "differences",
  },
];

beforeAll(async () => {
  await tf.setBackend("cpu");
  install(ours);
});
afterAll(() => install(new Map([...ours, ...union])));

describe("the gradient table", () => {
  for (const c of cases) {
    it(`${c.name}: first derivative`, () => {
      if (c.truth === "differences") return close(first(c), firstByDifferences(c), 3e-3);
      close(first(c), c.truth ?? withUnion(() => first(c)), 2e-5);
    });
    if (c.second !== false) it(`${c.name}: second derivative`, () => close(second(c), secondByDifferences(c), 1e-2));
  }

  it.each([
    ["LogSoftmax", { axis: 1 }, "logits"],
    ["BroadcastTo", { inputShape: [2, 1], shape: [2, 3] }, "x"],
  ] as const)("%s, which no op reaches, is the union's", (name, attrs, key) => {
    const run = (config: tf.GradConfig): number[] => {
      const [dy, x] = [values([2, 3]), values([2, 3], -1, 1, 3)];
      return flat([
        config.gradFunc(dy, [...(config.inputsToSave?.length ? [x] : []), tf.logSoftmax(x)], attrs as unknown as tf.NamedAttrMap)[key]!(),
      ]);
    };
    close(run(ours.get(name)!), run(union.get(name)!), 1e-6);
  });

  it("was asked for every gradient", () => {
    for (const c of cases) first(c);
    expect(names.filter((name) => !used.has(name))).toEqual([]);
  });

  it("leaves no tensor behind", () => {
    for (const c of cases) {
      const before = tf.memory().numTensors;
      first(c);
      expect(tf.memory().numTensors, c.name).toBe(before);
    }
  });

  it("refuses a gather with batches", () => {
    const f = (x: tf.Tensor): tf.Tensor => tf.gather(x, tf.tensor2d([[0], [1]], [2, 1], "int32"), 1, 1);
    expect(() => slopes(f, [values([2, 3])])).toThrow("batchDims 0 only, got 1");
  });

  it("keeps a gradient that somebody else registered", () => {
    const other: tf.GradConfig = { kernelName: "Exp", gradFunc: () => ({}) };
    install(new Map([["Exp", other]]));
    registerGradients();
    expect(tf.getGradient("Exp")).toBe(other);
    expect(tf.getGradient("Log")).toBe(gradients.find(({ kernelName }) => kernelName === "Log"));
    install(ours);
  });
});
