import {
  add,
  div,
  equal,
  floor,
  type GradConfig,
  greater,
  greaterEqual,
  log,
  mul,
  neg,
  pow,
  square,
  sub,
  type Tensor,
  where,
  zerosLike,
} from "@tensorflow/tfjs-core";
import { fromDy, fromPair } from "./formulas.js";

const same = (dy: Tensor): Tensor => dy;
const masked = (test: Tensor, dy: Tensor): Tensor => where(test, dy, zerosLike(dy));

/** Kernels of two tensors, and their sums. Where a maximum or minimum ties, a takes the whole gradient. */
export const arithmetic: readonly GradConfig[] = [
  fromPair("Add", same, same),
  fromPair("Sub", same, neg),
  fromPair(
    "Multiply",
    (dy, _a, b) => mul(dy, b),
    (dy, a) => mul(dy, a),
  ),
  fromPair(
    "RealDiv",
    (dy, _a, b) => div(dy, b),
    (dy, a, b) => neg(div(mul(dy, div(a, b)), b)),
  ),
  fromPair(
    "SquaredDifference",
    (dy, a, b) => mul(dy, mul(2, sub(a, b))),
    (dy, a, b) => mul(dy, mul(2, sub(b, a))),
  ),
  fromPair(
    "Maximum",
    (dy, a, b) => masked(greaterEqual(a, b), dy),
    (dy, a, b) => masked(greater(b, a), dy),
  ),
  fromPair(
    "Minimum",
    (dy, a, b) => masked(greaterEqual(b, a), dy),
    (dy, a, b) => masked(greater(a, b), dy),
  ),
  fromPair("Mod", same, (dy, a, b) => neg(mul(dy, floor(div(a, b))))),
  fromPair(
    "Atan2",
    (dy, a, b) => mul(dy, div(b, add(square(a), square(b)))),
    (dy, a, b) => neg(mul(dy, div(a, add(square(a), square(b))))),
  ),
  fromPair("Pow", powerOfBase, (dy, a, b) => mul(dy, mul(pow(a, b), logWherePositive(a)))),
  fromPair(
    "Prelu",
    (dy, x, alpha) => where(greater(x, 0), dy, mul(dy, alpha)),
    (dy, x) => where(greater(x, 0), zerosLike(dy), mul(dy, x)),
    ["x", "alpha"],
  ),
  fromDy("Neg", neg),
  { kernelName: "AddN", saveAllInputs: true, gradFunc: (dy, saved) => saved.map(() => () => (dy as Tensor).clone()) as never },
];

/** b a^(b - 1), and 0 for b = 0 even at a = 0. */
function powerOfBase(dy: Tensor, a: Tensor, b: Tensor): Tensor {
  const constant = equal(b, 0);
  const slope = mul(b, pow(a, sub(b, 1)));
  return mul(dy, where(constant, zerosLike(slope), slope));
}

/** log a, and 0 where a has no logarithm, as tfjs and TensorFlow have it. The inner `where` keeps the gradient of log finite. */
function logWherePositive(a: Tensor): Tensor {
  const positive = greater(a, 0);
  return log(where(positive, a, 1));
}
