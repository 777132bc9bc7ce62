import { bias, defineBijector, fail, scale, tensorOf, weight, wholeNumber } from "@flows/core";
import { add, constant, div, exp, gather, indices, matMul, mul, neg, sub, sum, type Tensor } from "@flows/core/ops";
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
  if (list.length === features) return list;
  return fail("config", "flows/lu", `order must hold ${features} positions, got [${list}].`);
}

/** (D + T) y for every row y, with D the diagonal and T strictly triangular. */
const product = (rows: Tensor, diagonal: Tensor, strict: Tensor): Tensor => add(mul(rows, diagonal), matMul(rows, strict, false, true));

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
export const lu = defineBijector("flows/lu", (config: LuConfig) => {
  const { features } = config;
  wholeNumber("flows/lu", "features", features, 2);
  const [signs, order] = [signsOf(config), orderOf(config)];
  const back = orderUndone("flows/lu", order);
  const size = triangleSize(features);
  return {
    event: [features],
    params: {
      lower: weight([size], { gain: 0 }),
      upper: weight([size], { gain: 0 }),
      logScale: scale([features]),
      shift: bias([features]),
    },
    constants: {
      below: () => trianglePlaces(features, "lower"),
      above: () => trianglePlaces(features, "upper"),
      order: () => indices(order),
      back: () => indices(back),
      signs: () => tensorOf(Float64Array.from(signs), [features]),
    },
    forward: (z, p) => {
      const s = mul(p.signs, exp(p.logScale));
      const scaled = product(z, s, triangle(p.upper, p.above, features));
      const mixed = product(scaled, constant(1), triangle(p.lower, p.below, features));
      return [add(gather(mixed, p.order, 1), p.shift), sum(p.logScale)];
    },
    inverse: (x, p) => {
      const s = mul(p.signs, exp(p.logScale));
      const mixed = gather(sub(x, p.shift), p.back, 1);
      const scaled = solveUnit(mixed, triangle(p.lower, p.below, features), "lower");
      const unscaled = solveUnit(scaled, div(triangle(p.upper, p.above, features), s), "upper");
      return [div(unscaled, s), neg(sum(p.logScale))];
    },
  };
});
