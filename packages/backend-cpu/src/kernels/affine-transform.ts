import { type AffineTransformAttrs, affineTransformSpec, type RowKernel } from "@flows/core/author";

/**
 * The affine map of a coupling; reads x and raw = [shifts of all features | raw scales of all features], a row each.
 * logScale = clamp tanh(rawScale / clamp), or rawScale itself for clamp 0. Forward y = x e^logScale + shift,
 * inverse y = (x - shift) e^-logScale. Log-det: the sum of logScale, negated in the inverse.
 */
export const affineTransformKernel: RowKernel<AffineTransformAttrs> = {
  spec: affineTransformSpec,
  forward: ({ reads: [x, raw], writes: [y], logDet }, { attrs, reads }, from, to) => {
    const [width, clamp, forward] = [reads[0]!.width, attrs.clamp, attrs.direction === "forward"];
    for (let r = from; r < to; r++) {
      let total = 0;
      for (let i = r * width, k = 2 * i; i < (r + 1) * width; i++, k++) {
        const [shift, rawScale] = [raw![k]!, raw![k + width]!];
        const logScale = clamp > 0 ? clamp * Math.tanh(rawScale / clamp) : rawScale;
        y![i] = forward ? x![i]! * Math.exp(logScale) + shift : (x![i]! - shift) * Math.exp(-logScale);
        total += logScale;
      }
      logDet[r]! += forward ? total : -total;
    }
  },
  backward: ({ reads: [x, raw] }, { reads: [dx, dRaw], writes: [dy], logDet: dLogDet }, { attrs, reads }, from, to) => {
    const [width, clamp, sign] = [reads[0]!.width, attrs.clamp, attrs.direction === "forward" ? 1 : -1];
    for (let r = from; r < to; r++)
      for (let i = r * width, k = 2 * i; i < (r + 1) * width; i++, k++) {
        const bent = clamp > 0 ? Math.tanh(raw![k + width]! / clamp) : raw![k + width]!;
        const gain = dy![i]! * Math.exp(sign * (clamp > 0 ? clamp * bent : bent));
        const moved = sign > 0 ? x![i]! : x![i]! - raw![k]!;
        dx![i]! += gain;
        dRaw![k]! += sign > 0 ? dy![i]! : -gain;
        dRaw![k + width]! += sign * (moved * gain + dLogDet[r]!) * (clamp > 0 ? 1 - bent * bent : 1);
      }
  },
};
