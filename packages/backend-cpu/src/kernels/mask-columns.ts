import type { RowKernel } from "@flows/core";

/** y = x where the mask is not 0, else exactly 0: nothing of a masked NaN comes through. */
export const maskColumnsKernel: RowKernel = {
  op: "maskColumns",
  forward: ({ reads: [x], writes: [y] }, { attrs, reads }, from, to) => {
    const [width, mask] = [reads[0]!.width, attrs.mask as readonly number[]];
    for (let r = from, i = r * width; r < to; r++) for (let j = 0; j < width; j++, i++) y![i] = mask[j] === 0 ? 0 : x![i]!;
  },
  backward: (_frame, { reads: [dx], writes: [dy] }, { attrs, reads }, from, to) => {
    const [width, mask] = [reads[0]!.width, attrs.mask as readonly number[]];
    for (let r = from, i = r * width; r < to; r++) for (let j = 0; j < width; j++, i++) if (mask[j] !== 0) dx![i]! += dy![i]!;
  },
};
