import { type Direction, defineRowOp } from "@flows/core";
import { abs, add, asinh, constant, div, exp, log1p, mul, neg, sinh, sub, sumEvent, type Tensor } from "@flows/core/ops";

/** log cosh u without overflow, up to the constant log 2, which cancels. */
const logCosh = (u: Tensor): Tensor => add(abs(u), log1p(exp(mul(constant(-2), abs(u)))));

/**
 * x = sinh(v), v = (asinh(z) + skew) tail, and its inverse; rows [batch, features], skew and logTail [features].
 * log dx/dz = log tail + log cosh v - log cosh asinh(z).
 */
export const warp = defineRowOp<{ readonly direction: Direction }>(
  "acme.warp",
  ([width = 0]) => [width],
  ([x], [skew, logTail], { direction }) => {
    const forward = direction === "forward";
    const tail = exp(logTail!);
    const from = asinh(x!);
    const to = forward ? mul(add(from, skew!), tail) : sub(div(from, tail), skew!);
    const slope = add(forward ? logTail! : neg(logTail!), sub(logCosh(to), logCosh(from)));
    return [sinh(to), sumEvent(slope)];
  },
);
