import { elementwiseSpec, stepOf } from "@flows/core/author";
import { type Case, directions, log1pExp, type Pair, sigmoid, total } from "./case.js";

const maps: Record<string, { readonly forward: Pair; readonly inverse: Pair; readonly range: readonly [number, number] }> = {
  exp: { forward: [Math.exp, Math.exp], inverse: [Math.log, (x) => 1 / x], range: [0.3, 2] },
  sigmoid: {
    forward: [sigmoid, (x) => sigmoid(x) * sigmoid(-x)],
    inverse: [(x) => Math.log(x / (1 - x)), (x) => 1 / (x * (1 - x))],
    range: [0.1, 0.9],
  },
  tanh: { forward: [Math.tanh, (x) => 1 / Math.cosh(x) ** 2], inverse: [Math.atanh, (x) => 1 / (1 - x * x)], range: [-0.9, 0.9] },
  softplus: { forward: [log1pExp, sigmoid], inverse: [(x) => Math.log(Math.exp(x) - 1), (x) => 1 / (1 - Math.exp(-x))], range: [0.3, 2] },
  leakyRelu: {
    forward: [(x) => (x > 0 ? x : 0.1 * x), (x) => (x > 0 ? 1 : 0.1)],
    inverse: [(x) => (x > 0 ? x : 10 * x), (x) => (x > 0 ? 1 : 10)],
    range: [-2, 2],
  },
};

/** Maps of every number by itself. */
export const elementwise = Object.entries(maps).flatMap(([map, both]) =>
  directions.flatMap((direction) =>
    [1, 3].map(
      (n): Case => ({
        name: `elementwise ${map}, ${direction}, ${n} features`,
        step: stepOf(elementwiseSpec, { rows: [n], attrs: { map, direction, slope: 0.1 } }),
        range: direction === "forward" ? [-2, 2] : both.range,
        row: ([x]) => ({ writes: [x!.map(both[direction][0])], logDet: total(x!.map((v) => Math.log(both[direction][1](v)))) }),
      }),
    ),
  ),
);
