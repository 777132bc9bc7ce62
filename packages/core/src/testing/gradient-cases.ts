import * as tf from "@tensorflow/tfjs-core";
import { type GradientCase as Case, type F, values } from "./slopes.js";

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

/** Every gradient of the table, at places where it is easy and where it is not. */
export const gradientCases: readonly Case[] = [
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
  { name: "gather along an axis of one", f: (x) => tf.square(tf.gather(x!, ints(0, 0), 1)), inputs: () => [values([3, 1])], second: false },
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
