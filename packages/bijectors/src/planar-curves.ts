import type { CurveName } from "@flows/core/author";
import { add, atan, constant, div, neg, sigmoid, softplus, square, sub, type Tensor, tanh } from "@flows/core/ops";

/** A smooth rising function h that a planar layer bends along. */
export interface Curve {
  /** The greatest slope: h' lies in (0, steepest]. */
  readonly steepest: number;
  /** |h| stays below this. */
  readonly bound: number;
  readonly value: (t: Tensor) => Tensor;
  readonly slope: (t: Tensor) => Tensor;
  /** 1 - h' / steepest, without cancellation where h is steepest. */
  readonly flatness: (t: Tensor) => Tensor;
}

const one = (): Tensor => constant(1);
const half = (t: Tensor): Tensor => div(t, constant(2));
const roundness = (t: Tensor): Tensor => add(one(), square(t));

// Apart from the table, so that bundlers may leave that out.
const quarterTurn = Math.PI / 2;
const unbounded = Number.POSITIVE_INFINITY;

export const curves = {
  tanh: {
    steepest: 1,
    bound: 1,
    value: tanh,
    slope: (t) => sub(one(), square(tanh(t))),
    flatness: (t) => square(tanh(t)),
  },
  sigmoid: {
    steepest: 0.25,
    bound: 1,
    value: sigmoid,
    slope: (t) => div(sub(one(), square(tanh(half(t)))), constant(4)),
    flatness: (t) => square(tanh(half(t))),
  },
  arctan: {
    steepest: 1,
    bound: quarterTurn,
    value: atan,
    slope: (t) => div(one(), roundness(t)),
    flatness: (t) => div(square(t), roundness(t)),
  },
  softplus: {
    steepest: 1,
    bound: unbounded,
    value: softplus,
    slope: sigmoid,
    flatness: (t) => sigmoid(neg(t)),
  },
} as const satisfies Record<CurveName, Curve>;
