import {
  add,
  elu,
  exp,
  fill,
  type GradConfig,
  greater,
  greaterEqual,
  lessEqual,
  logicalAnd,
  logSumExp,
  mul,
  sigmoid,
  softmax,
  sub,
  sum,
  where,
  zerosLike,
} from "@tensorflow/tfjs-core";
import { fromInput, fromOutput } from "./formulas.js";

/** What networks put between their layers. Kinks take the slope from the left, as tfjs has it. */
export const activations: readonly GradConfig[] = [
  fromInput("Relu", (dy, x) => where(greater(x, 0), dy, zerosLike(dy))),
  fromInput<{ alpha: number }>("LeakyRelu", (dy, x, { alpha }) => where(greater(x, 0), dy, mul(dy, fill([], alpha)))),
  fromOutput("Elu", elu, (dy, y) => where(greater(y, 0), dy, mul(dy, add(y, 1)))),
  fromOutput("Sigmoid", sigmoid, (dy, y) => mul(dy, mul(y, sub(1, y)))),
  fromInput("Softplus", (dy, x) => mul(dy, sigmoid(x))),
  fromOutput<{ dim: number }>(
    "Softmax",
    (x, { dim }) => softmax(x, dim),
    (dy, y, { dim }) => mul(sub(dy, sum(mul(dy, y), dim, true)), y),
    "logits",
  ),
  fromOutput<{ axis: number }>(
    "LogSoftmax",
    (x, { axis }) => sub(x, logSumExp(x, axis, true)),
    (dy, y, { axis }) => sub(dy, mul(sum(dy, axis, true), exp(y))),
    "logits",
  ),
  fromInput<{ clipValueMin: number; clipValueMax: number }>("ClipByValue", (dy, x, { clipValueMin, clipValueMax }) =>
    where(logicalAnd(greaterEqual(x, fill([], clipValueMin)), lessEqual(x, fill([], clipValueMax))), dy, zerosLike(dy)),
  ),
];
