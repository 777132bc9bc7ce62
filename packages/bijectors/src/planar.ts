import {
  bias,
  type CurveName,
  curveNames,
  defineBijector,
  defineRowOp,
  finiteList,
  monotoneRoot,
  oneOf,
  planarSpec,
  weight,
  wholeNumber,
} from "@flows/core/author";
import {
  abs,
  add,
  constant,
  div,
  equal,
  log,
  minimum,
  mul,
  neg,
  onesLike,
  reshape,
  softplus,
  sub,
  sum,
  type Tensor,
  where,
} from "@flows/core/ops";
import { type Curve, curves } from "./planar-curves.js";

export interface PlanarConfig {
  readonly features: number;
  /** The smooth function h. Default "tanh". */
  readonly activation?: CurveName;
  /** Begin as the identity with spread planes, or with drawn displacements too. Default "identity". */
  readonly start?: "identity" | "random";
}

/** u-hat with its product w . u-hat = gap - 1 / steepest; the map is invertible while the gap is positive. */
interface Bend {
  readonly u: Tensor;
  readonly along: Tensor;
  readonly gap: Tensor;
}

const dot = (a: Tensor, b: Tensor): Tensor => sum(mul(a, b), -1);
/** softplus(level(a)) = a. */
const level = (a: number): number => Math.log(Math.expm1(a));

/**
 * m(a) = -1 / steepest + log(1 + e^a) keeps w . u-hat above -1 / steepest. The raw u counts from where the map is the identity:
 * the papers' u is raw u + level w / |w|^2, with m(level) = 0.
 */
function bend(u: Tensor, w: Tensor, { steepest }: Curve): Bend {
  const raw = dot(w, u);
  const gap = softplus(add(raw, constant(level(1 / steepest))));
  const along = sub(gap, constant(1 / steepest));
  const length = dot(w, w);
  const divisor = where(equal(length, constant(0)), onesLike(length), length);
  return { gap, along, u: add(u, mul(div(sub(along, raw), divisor), w)) };
}

/** 1 + h'(t) w . u-hat, a sum of positive terms. */
const determinant = (t: Tensor, { gap }: Bend, { slope, flatness }: Curve): Tensor => add(flatness(t), mul(gap, slope(t)));
const displaced = (z: Tensor, u: Tensor, h: Tensor): Tensor => add(z, mul(u, reshape(h, [-1, 1])));

/** x = z + u-hat h(w . z + b) on rows [batch, features]; params u [features] (raw), w [features], b [1]. */
export const planarRows = defineRowOp(planarSpec, ([z], [u, w, b], { activation }) => {
  const curve: Curve = curves[activation];
  const bent = bend(u!, w!, curve);
  const t = add(dot(z!, w!), b!);
  return [displaced(z!, bent.u, curve.value(t)), log(determinant(t, bent, curve))];
});

/** How far t + w . u-hat h(t) can be from t, given its value: slopes lie between 1 and steepest gap. */
function reachOf(target: Tensor, { along, gap }: Bend, { bound, steepest, value }: Curve): Tensor {
  if (Number.isFinite(bound)) return mul(abs(along), constant(bound));
  return div(abs(mul(along, value(target))), minimum(constant(1), mul(constant(steepest), gap)));
}

/**
 * The planar map x = z + u h(w . z + b), which bends space along one direction; log-det log(1 + h'(w . z + b) w . u).
 *
 * u is constrained to w . u > -1 / max h', where the map is invertible. `forward` is a formula; `inverse` solves
 * t + w . u h(t) = w . x + b by `monotoneRoot`. To fit data, wrap it in `invert`: then scoring is the formula and sampling the root.
 *
 * Shapes: z and x [batch, features]; 2 features + 1 parameters.
 * Source: Rezende and Mohamed (2015), Variational Inference with Normalizing Flows, eq. 10-12 and appendix A.1. https://arxiv.org/abs/1505.05770
 *
 * @example
 * invert(planar({ features: 2 }))
 */
export const planar = defineBijector(
  { type: "flows/planar", options: ["features", "activation", "start"] },
  ({ features, activation = "tanh", start = "identity" }: PlanarConfig) => {
    wholeNumber("flows/planar", "features", features);
    oneOf("flows/planar", "start", start, ["identity", "random"]);
    const curve: Curve = curves[oneOf("flows/planar", "activation", activation, curveNames)];
    return {
      analytic: "forward",
      event: [features],
      params: { u: weight([features], { gain: start === "identity" ? 0 : 1 }), w: weight([features]), b: bias([1], { deviation: 0.5 }) },
      forward: (z, { u, w, b }) => planarRows([z], [u, w, b], { activation }),
      inverse: (x, { u, w, b }) => {
        const bent = bend(u, w, curve);
        const target = add(dot(x, w), b);
        const t = monotoneRoot(target, {
          value: (s) => add(s, mul(bent.along, curve.value(s))),
          slope: (s) => determinant(s, bent, curve),
          reach: reachOf(target, bent, curve),
        });
        return [displaced(x, neg(bent.u), curve.value(t)), neg(log(determinant(t, bent, curve)))];
      },
      lower: (program, z, { u, w, b }, direction) =>
        direction === "forward" ? planarRows.emit(program, [z], [u, w, b], { activation })[0] : program.refuse("flows/planar"),
    };
  },
);

/** The raw u to write where this u is wanted: it undoes the constraint. w . u must lie above -1 / max h'. */
export function rawPlanar(u: readonly number[], w: readonly number[], activation: CurveName = "tanh"): number[] {
  finiteList("flows/planar", "w", w, u.length);
  const { steepest } = curves[activation];
  const product = (a: readonly number[]): number => a.reduce((total, v, i) => total + v * w[i]!, 0);
  const along = product(u);
  const raw = level(along + 1 / steepest) - level(1 / steepest);
  return u.map((v, i) => v - ((along - raw) * w[i]!) / product(w));
}
