import {
  cumsum,
  div,
  equal,
  eye,
  type GradConfig,
  mul,
  onesLike,
  prod,
  reshape,
  type Tensor,
  transpose,
  where,
  zerosLike,
} from "@tensorflow/tfjs-core";
import { axesOf, fromInput } from "./formulas.js";

type Axis = number | readonly number[] | null | undefined;
interface Reduction {
  readonly axis?: Axis;
}

/** Sums, means, products and extremes. A tied extreme hands the gradient to all that tie, as tfjs has it. */
export const reductions: readonly GradConfig[] = [
  fromInput<Reduction>("Sum", (dy, x, { axis }) => spread(dy, x, axis)),
  fromInput<Reduction>("Mean", (dy, x, { axis }) => div(spread(dy, x, axis), x.size / dy.size)),
  fromInput<Reduction>("Prod", (dy, x, { axis }) => mul(spread(dy, x, axis), productOfOthers(x, axesOf(axis, x.rank)))),
  extreme("Max", "reductionIndices"),
  extreme("Min", "axis"),
  fromInput<{ axis: number; exclusive: boolean; reverse: boolean }>("Cumsum", (dy, _x, { axis, exclusive, reverse }) =>
    cumsum(dy, axis, exclusive, !reverse),
  ),
];

/** A reduced tensor with its axes back, of size 1. */
function kept(reduced: Tensor, x: Tensor, axis: Axis): Tensor {
  const axes = axesOf(axis, x.rank);
  return reshape(
    reduced,
    x.shape.map((size, i) => (axes.includes(i) ? 1 : size)),
  );
}

function spread(dy: Tensor, x: Tensor, axis: Axis): Tensor {
  return mul(kept(dy, x, axis), onesLike(x));
}

function extreme(kernelName: string, key: string): GradConfig {
  return {
    kernelName,
    inputsToSave: ["x"],
    outputsToSave: [true],
    gradFunc: (dy, [x, y], attrs) => ({
      x: () => {
        const all = spread(dy as Tensor, x!, attrs[key] as Axis);
        return where(equal(x!, kept(y!, x!, attrs[key] as Axis)), all, zerosLike(all));
      },
    }),
  };
}

/** For each entry the product of the others it is multiplied with: exact at zeros, and differentiable again. Quadratic in their number. */
function productOfOthers(x: Tensor, axes: readonly number[]): Tensor {
  const order = [...x.shape.keys()].filter((i) => !axes.includes(i)).concat(axes);
  const n = axes.reduce((size, i) => size * x.shape[i]!, 1);
  const moved = transpose(x, order);
  const rows = reshape(moved, [-1, 1, n]);
  const others = prod(where(equal(eye(n), 1), 1, rows), 2);
  const inverse = order.map((_, i) => order.indexOf(i));
  return transpose(reshape(others, moved.shape), inverse);
}
