import { type AffineAttrs, affineSpec, type RowKernel } from "@flows/core/author";

/**
 * One shift and scale a column; params shift, logScale. Forward y = sign x e^logScale + shift, inverse y = sign (x - shift) e^-logScale.
 * Log-det: the sum of logScale, negated in the inverse.
 */
export const affineKernel: RowKernel<AffineAttrs> = {
  spec: affineSpec,
  forward: ({ reads: [x], writes: [y], params: [shift, logScale], logDet }, { attrs, reads }, from, to) => {
    const [width, forward] = [reads[0]!.width, attrs.direction === "forward"];
    let total = 0;
    for (let j = 0; j < width; j++) {
      const e = (attrs.signs?.[j] ?? 1) * Math.exp(forward ? logScale![j]! : -logScale![j]!);
      for (let r = from, i = r * width + j; r < to; r++, i += width) y![i] = forward ? x![i]! * e + shift![j]! : (x![i]! - shift![j]!) * e;
      total += logScale![j]!;
    }
    for (let r = from; r < to; r++) logDet[r]! += forward ? total : -total;
  },
  backward: (frame, adjoint, { attrs, reads }, from, to) => {
    const {
      reads: [x],
      params: [shift, logScale],
    } = frame;
    const {
      reads: [dx],
      writes: [dy],
      params: [dShift, dLogScale],
      logDet: dLogDet,
    } = adjoint;
    const [width, forward] = [reads[0]!.width, attrs.direction === "forward"];
    for (let j = 0; j < width; j++) {
      const e = (attrs.signs?.[j] ?? 1) * Math.exp(forward ? logScale![j]! : -logScale![j]!);
      let [ofShift, ofScale] = [0, 0];
      for (let r = from, i = r * width + j; r < to; r++, i += width) {
        dx![i]! += dy![i]! * e;
        ofShift += forward ? dy![i]! : -dy![i]! * e;
        ofScale += dy![i]! * (forward ? x![i]! : x![i]! - shift![j]!) * e + dLogDet[r]!;
      }
      dShift![j]! += ofShift;
      dLogScale![j]! += forward ? ofScale : -ofScale;
    }
  },
};
