import { additiveTransformSpec, type Directed, type RowKernel } from "@flows/core/author";

/** The additive map of a coupling; reads x and shift. Forward y = x + shift, inverse y = x - shift; it keeps volumes. */
export const additiveTransformKernel: RowKernel<Directed> = {
  spec: additiveTransformSpec,
  forward: ({ reads: [x, shift], writes: [y] }, { attrs, reads }, from, to) => {
    const [width, sign] = [reads[0]!.width, attrs.direction === "forward" ? 1 : -1];
    for (let i = from * width; i < to * width; i++) y![i] = x![i]! + sign * shift![i]!;
  },
  backward: (_frame, { reads: [dx, dShift], writes: [dy] }, { attrs, reads }, from, to) => {
    const [width, sign] = [reads[0]!.width, attrs.direction === "forward" ? 1 : -1];
    for (let i = from * width; i < to * width; i++) {
      dx![i]! += dy![i]!;
      dShift![i]! += sign * dy![i]!;
    }
  },
};
