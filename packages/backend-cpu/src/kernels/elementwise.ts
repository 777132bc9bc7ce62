import { type ElementwiseAttrs, elementwiseSpec, type RowKernel, type Step } from "@flows/core/author";
import { type Curve, curves } from "./curves.js";

/**
 * One function on every entry, by attrs `map`, `direction` and `slope`; the log-det is the sum of the logs of its slopes.
 * A row with an entry outside the support takes the log-det -Infinity.
 */
export const elementwiseKernel: RowKernel<ElementwiseAttrs> = {
  spec: elementwiseSpec,
  forward: ({ reads: [x], writes: [y], logDet }, step, from, to) => {
    const [curve, slope, width] = [curveOf(step), step.attrs.slope, step.reads[0]!.width];
    for (let r = from, i = r * width; r < to; r++) {
      let total = 0;
      for (let j = 0; j < width; j++, i++) {
        const out = curve.outside?.(x![i]!) ?? false;
        y![i] = curve.value(out ? curve.inner! : x![i]!, slope);
        total += out ? Number.NEGATIVE_INFINITY : curve.logSlope(x![i]!, slope);
      }
      logDet[r]! += total;
    }
  },
  backward: ({ reads: [x] }, { reads: [dx], writes: [dy], logDet: dLogDet }, step, from, to) => {
    const [curve, slope, width] = [curveOf(step), step.attrs.slope, step.reads[0]!.width];
    for (let r = from, i = r * width; r < to; r++)
      for (let j = 0; j < width; j++, i++) {
        if (curve.outside?.(x![i]!)) continue;
        dx![i]! += dy![i]! * Math.exp(curve.logSlope(x![i]!, slope)) + dLogDet[r]! * curve.bend(x![i]!);
      }
  },
};

const curveOf = ({ attrs }: Step<ElementwiseAttrs>): Curve => curves[attrs.map][attrs.direction];
