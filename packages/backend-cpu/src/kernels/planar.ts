import { type Frame, type PlanarAttrs, planarSpec, type RowKernel, type Step } from "@flows/core/author";
import { type PlanarCurve, planarCurves } from "./planar-curves.js";
import { sigmoid, softplus } from "./smooth.js";

/**
 * The planar map y = x + u-hat h(w . x + b) with log-det log(1 + h' w . u-hat); params u (raw), w, b.
 * gap = softplus(w . u + level) and u-hat = u + (gap - 1 / steepest - w . u) / |w|^2 w, so that w . u-hat = gap - 1 / steepest.
 * Source: Rezende and Mohamed (2015), eq. 10-12 and appendix A.1. https://arxiv.org/abs/1505.05770
 */
export const planarKernel: RowKernel<PlanarAttrs> = {
  spec: planarSpec,
  forward: (frame, step, from, to) => {
    const {
      reads: [x],
      writes: [y],
      params: [, w, b],
      logDet,
    } = frame;
    const { curve, gap, u } = bentOf(frame, step);
    for (let r = from; r < to; r++) {
      const t = dot(x!, r * w!.length, w!) + b![0]!;
      const h = curve.value(t);
      for (let j = 0, i = r * w!.length; j < w!.length; j++, i++) y![i] = x![i]! + u[j]! * h;
      logDet[r]! += Math.log(curve.flatness(t) + gap * curve.slope(t));
    }
  },
  backward: (frame, adjoint, step, from, to) => {
    const {
      reads: [x],
      params: [, w, b],
    } = frame;
    const {
      reads: [dx],
      writes: [dy],
      params: [, dw, db],
      logDet: dLogDet,
    } = adjoint;
    const bent = bentOf(frame, step);
    const [{ curve, gap, u }, n, dU] = [bent, w!.length, new Float64Array(w!.length)];
    let dGap = 0;
    for (let r = from; r < to; r++) {
      const t = dot(x!, r * n, w!) + b![0]!;
      const [h, slope] = [curve.value(t), curve.slope(t)];
      const share = dLogDet[r]! / (curve.flatness(t) + gap * slope);
      const dt = dot(dy!, r * n, u) * slope + share * curve.bend(t) * (gap - 1 / curve.steepest);
      for (let j = 0, i = r * n; j < n; j++, i++) {
        dx![i]! += dy![i]! + dt * w![j]!;
        dw![j]! += dt * x![i]!;
        dU[j]! += dy![i]! * h;
      }
      db![0]! += dt;
      dGap += share * slope;
    }
    unbend(frame, adjoint, bent, dU, dGap);
  },
};

interface Bent {
  readonly curve: PlanarCurve;
  readonly level: number;
  readonly gap: number;
  readonly length: number;
  /** How much of w is added to u. */
  readonly lift: number;
  readonly u: Float64Array;
}

/** The constraint on u. */
function bentOf({ params: [u, w] }: Frame, { attrs }: Step<PlanarAttrs>): Bent {
  const curve = planarCurves[attrs.activation];
  const [raw, length] = [dot(w!, 0, u!), dot(w!, 0, w!)];
  const level = raw + Math.log(Math.expm1(1 / curve.steepest));
  const gap = softplus(level);
  const lift = (gap - 1 / curve.steepest - raw) / (length === 0 ? 1 : length);
  return { curve, level, gap, length, lift, u: Float64Array.from(u!, (v, j) => v + lift * w![j]!) };
}

/** Leads the gradients of u-hat and of the gap back to u and w. */
function unbend({ params: [u, w] }: Frame, { params: [du, dw] }: Frame, bent: Bent, dU: Float64Array, dGap: number): void {
  const dLift = dot(w!, 0, dU) / (bent.length === 0 ? 1 : bent.length);
  const dRaw = (dGap + dLift) * sigmoid(bent.level) - dLift;
  const dLength = bent.length === 0 ? 0 : -dLift * bent.lift;
  for (let j = 0; j < dU.length; j++) {
    du![j]! += dU[j]! + dRaw * w![j]!;
    dw![j]! += dU[j]! * bent.lift + dRaw * u![j]! + 2 * dLength * w![j]!;
  }
}

/** A row of `a` that starts at `at`, times b. */
function dot(a: ArrayLike<number>, at: number, b: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < b.length; j++) sum += a[at + j]! * b[j]!;
  return sum;
}
