import { session } from "../backend/session.js";
import { detached } from "../kernels/tape.js";
import { add, div, greater, mul, sub, where } from "../ops/binary.js";
import { constant } from "../ops/constant.js";
import type { Tensor } from "../ops/index.js";

/** An increasing scalar function of t, applied elementwise. */
export interface Monotone {
  readonly value: (t: Tensor) => Tensor;
  /** d value / dt, above 0. */
  readonly slope: (t: Tensor) => Tensor;
  /** value(t) is never further than this from t. */
  readonly reach: Tensor;
}

/**
 * t with value(t) = target: elementwise bisection off the tape, then one Newton step on it, which carries the exact first gradient.
 * The bracket shrinks to 2 reach / 2^steps (steps 30 in float32, 60 in float64), which Newton's step squares.
 */
export function monotoneRoot(target: Tensor, { value, slope, reach }: Monotone): Tensor {
  const steps = session().backend.precision === "float64" ? 60 : 30;
  const near = detached(() => {
    let [low, high] = [sub(target, reach), add(target, reach)];
    for (let i = 0; i < steps; i++) {
      const middle = mul(add(low, high), constant(0.5));
      const under = greater(target, value(middle));
      [low, high] = [where(under, middle, low), where(under, high, middle)];
    }
    return mul(add(low, high), constant(0.5));
  });
  return sub(near, div(sub(value(near), target), slope(near)));
}
