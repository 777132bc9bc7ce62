import { bias, defineBijector, defineRowOp, radialSpec, scale, wholeNumber } from "@flows/core/author";
import {
  add,
  constant,
  div,
  exp,
  greater,
  log,
  mul,
  neg,
  onesLike,
  reshape,
  softplus,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  where,
} from "@flows/core/ops";

/** alpha > 0 and the gap alpha + beta > 0. */
interface Pull {
  readonly alpha: Tensor;
  readonly gap: Tensor;
}

const pullOf = (logAlpha: Tensor, rawBeta: Tensor): Pull => ({ alpha: exp(logAlpha), gap: softplus(rawBeta) });

/** |v| of every row, [batch, 1], with slope 0 at v = 0, where the root has none. */
function lengthOf(v: Tensor): Tensor {
  const squared = sum(square(v), -1, true);
  const away = greater(squared, constant(0));
  return where(away, sqrt(where(away, squared, onesLike(squared))), squared);
}

/** (features - 1) log(1 + beta / (alpha + r)) + log(1 + alpha beta / (alpha + r)^2), from sums of positive terms. */
function logDetOf(r: Tensor, { alpha, gap }: Pull, features: number): Tensor {
  const far = add(alpha, r);
  const across = div(add(r, gap), far);
  const outward = div(add(mul(r, add(r, mul(constant(2), alpha))), mul(alpha, gap)), square(far));
  return reshape(add(mul(constant(features - 1), log(across)), log(outward)), [-1]);
}

/** x = z + beta (z - center) / (alpha + r) on rows [batch, features]; params center [features], logAlpha [1], rawBeta [1]. */
export const radialRows = defineRowOp(radialSpec, ([z], [center, logAlpha, rawBeta]) => {
  const pull = pullOf(logAlpha!, rawBeta!);
  const away = sub(z!, center!);
  const r = lengthOf(away);
  const factor = div(sub(pull.gap, pull.alpha), add(pull.alpha, r));
  return [add(z!, mul(factor, away)), logDetOf(r, pull, z!.shape[1]!)];
});

/** The r >= 0 with r (r + gap) / (alpha + r) = rho: a root of r^2 + (gap - rho) r - alpha rho, by the form that does not cancel. */
function radius(rho: Tensor, { alpha, gap }: Pull): Tensor {
  const excess = sub(rho, gap);
  const product = mul(alpha, rho);
  const root = sqrt(add(square(excess), mul(constant(4), product)));
  const outside = greater(excess, constant(0));
  const sumOf = (sign: Tensor): Tensor => add(sign, root);
  return where(
    outside,
    div(sumOf(excess), constant(2)),
    div(mul(constant(2), product), where(outside, onesLike(root), sumOf(neg(excess)))),
  );
}

/**
 * The radial map x = z + beta (z - center) / (alpha + r) with r = |z - center|, which pushes away from a point or pulls towards it;
 * log-det (features - 1) log(1 + beta / (alpha + r)) + log(1 + alpha beta / (alpha + r)^2).
 *
 * alpha = exp(logAlpha) and beta = -alpha + softplus(rawBeta) > -alpha, where the map is invertible. It starts as the identity around
 * a drawn center. Both directions are formulas: the radius solves a quadratic equation.
 *
 * Shapes: z and x [batch, features]; features + 2 parameters.
 * Source: Rezende and Mohamed (2015), Variational Inference with Normalizing Flows, eq. 14 and appendix A.2. https://arxiv.org/abs/1505.05770
 *
 * @example
 * radial({ features: 2 })
 */
export const radial = defineBijector({ type: "flows/radial", options: ["features"] }, ({ features }: { readonly features: number }) => {
  wholeNumber("flows/radial", "features", features);
  return {
    event: [features],
    params: { center: bias([features], { deviation: 1 }), logAlpha: scale([1]), rawBeta: bias([1], { value: Math.log(Math.expm1(1)) }) },
    forward: (z, { center, logAlpha, rawBeta }) => radialRows([z], [center, logAlpha, rawBeta], {}),
    inverse: (x, { center, logAlpha, rawBeta }) => {
      const pull = pullOf(logAlpha, rawBeta);
      const away = sub(x, center);
      const r = radius(lengthOf(away), pull);
      const factor = div(add(pull.alpha, r), add(r, pull.gap));
      return [add(center, mul(factor, away)), neg(logDetOf(r, pull, features))];
    },
    lower: (program, z, { center, logAlpha, rawBeta }, direction) =>
      direction === "forward" ? radialRows.emit(program, [z], [center, logAlpha, rawBeta], {})[0] : program.refuse("flows/radial"),
  };
});
