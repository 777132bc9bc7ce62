import { bias, byRowOp, defineBijector, defineRowOp, fail, linearLuSpec, scale, tensorOf, weight, wholeNumber } from "@flows/core/author";
import { add, constant, div, exp, gather, indices, matMul, mul, neg, sub, sum, type Tensor, zeros } from "@flows/core/ops";
import { orderUndone } from "./permutation.js";
import { solveUnit, triangle, trianglePlaces, triangleSize } from "./triangular.js";

export interface LuConfig {
  /** At least 2. */
  readonly features: number;
  /** The fixed permutation P, x[i] from row order[i]. Default 0 .. features - 1. */
  readonly order?: readonly number[];
  /** The fixed signs of the diagonal s = sign exp(logScale), 1 or -1 each. Default all 1. */
  readonly signs?: readonly number[];
}

function signsOf({ features, signs }: LuConfig): readonly number[] {
  const list = signs ?? Array.from({ length: features }, () => 1);
  if (list.length === features && list.every((sign) => Math.abs(sign) === 1)) return list;
  return fail("config", "flows/lu", `signs must be ${features} numbers 1 or -1, got [${list}].`);
}

function orderOf({ features, order }: LuConfig): readonly number[] {
  const list = order ?? Array.from({ length: features }, (_, i) => i);
  if (list.length !== features) fail("config", "flows/lu", `order must hold ${features} positions, got [${list}].`);
  orderUndone("flows/lu", list);
  return list;
}

/** (D + T) y for every row y, with D the diagonal and T strictly triangular. */
const product = (rows: Tensor, diagonal: Tensor, strict: Tensor): Tensor => add(mul(rows, diagonal), matMul(rows, strict, false, true));

interface Factors {
  readonly lower: Tensor;
  readonly upper: Tensor;
  readonly s: Tensor;
  readonly shift: Tensor;
  readonly order: readonly number[];
}

const multiplied = (z: Tensor, { lower, upper, s, shift, order }: Factors): Tensor =>
  add(gather(product(product(z, s, upper), constant(1), lower), indices(order), 1), shift);

function substituted(x: Tensor, { lower, upper, s, shift, order }: Factors): Tensor {
  const mixed = gather(sub(x, shift), indices(orderUndone("flows/lu", order)), 1);
  return div(solveUnit(solveUnit(mixed, lower, "lower"), div(upper, s), "upper"), s);
}

/**
 * x = P L (U + diag s) z + shift on rows [batch, n], or z from x; params lower and upper [n (n - 1) / 2], row by row, logScale and
 * shift [n]. Log-det: sum(logScale), negated in the inverse.
 */
export const luRows = defineRowOp(linearLuSpec, ([rows], [lower, upper, logScale, shift], { direction, order, signs }) => {
  const n = order.length;
  const factors = {
    lower: triangle(lower!, trianglePlaces(n, "lower"), n),
    upper: triangle(upper!, trianglePlaces(n, "upper"), n),
    s: mul(tensorOf(Float64Array.from(signs), [n]), exp(logScale!)),
    shift: shift!,
    order,
  };
  const forward = direction === "forward";
  const logDet = forward ? sum(logScale!) : neg(sum(logScale!));
  return [forward ? multiplied(rows!, factors) : substituted(rows!, factors), add(zeros([rows!.shape[0]!]), logDet)];
});

/**
 * A trained general linear map by its factors, x = P L (U + diag s) z + b with L unit lower and U strictly upper triangular and
 * s = sign exp(logScale); log-det sum(logScale). `inverse` substitutes column by column. It starts as the permutation P.
 *
 * Shapes: z and x [batch, features]; features (features + 1) parameters.
 * Source: Kingma and Dhariwal (2018), Glow: Generative Flow with Invertible 1x1 Convolutions, eq. 10-11. https://arxiv.org/abs/1807.03039
 *
 * @example
 * lu({ features: 3, order: [2, 0, 1] })
 */
export const lu = defineBijector({ type: "flows/lu", options: ["features", "order", "signs"] }, (config: LuConfig) => {
  const { features } = config;
  wholeNumber("flows/lu", "features", features, 2);
  const [signs, order] = [signsOf(config), orderOf(config)];
  const size = triangleSize(features);
  return {
    event: [features],
    params: {
      lower: weight([size], { gain: 0 }),
      upper: weight([size], { gain: 0 }),
      logScale: scale([features]),
      shift: bias([features]),
    },
    ...byRowOp(luRows, ["lower", "upper", "logScale", "shift"], (direction) => ({ direction, order, signs })),
  };
});
