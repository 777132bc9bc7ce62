import { type Directed, defineRowOp, type Examples, rowOpSpec } from "@flows/core/author";
import { abs, add, asinh, constant, div, exp, log1p, mul, neg, sinh, sub, sumEvent, type Tensor } from "@flows/core/ops";

/** log cosh u without overflow, up to the constant log 2, which cancels. */
const logCosh = (u: Tensor): Tensor => add(abs(u), log1p(exp(mul(constant(-2), abs(u)))));

/** The op as every engine sees it; a compiled kernel is told 1 from noise to data, 0 back. */
export const warpSpec = rowOpSpec<Directed>({
  op: "acme.warp",
  params: ["skew", "logTail"],
  words: ({ attrs }) => [attrs.direction === "forward" ? 1 : 0],
});

/**
 * x = sinh(v), v = (asinh(z) + skew) tail, and its inverse; rows [batch, features], skew and logTail [features].
 * log dx/dz = log tail + log cosh v - log cosh asinh(z).
 */
export const warp = defineRowOp(warpSpec, ([x], [skew, logTail], { direction }) => {
  const forward = direction === "forward";
  const tail = exp(logTail!);
  const from = asinh(x!);
  const to = forward ? mul(add(from, skew!), tail) : sub(div(from, tail), skew!);
  const slope = add(forward ? logTail! : neg(logTail!), sub(logCosh(to), logCosh(from)));
  return [sinh(to), sumEvent(slope)];
});

export const warpExamples: Examples<Directed> = (features) =>
  (["forward", "inverse"] as const).map((direction) => ({ rows: [features], params: [[features], [features]], attrs: { direction } }));
