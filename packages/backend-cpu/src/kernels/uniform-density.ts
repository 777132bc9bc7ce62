import { type RowKernel, uniformDensitySpec } from "@flows/core/author";

/** The log-density of the uniform distribution on the unit cube goes to the log-dets: 0 inside, -Infinity outside; reads z and writes nothing. */
export const uniformDensityKernel: RowKernel = {
  spec: uniformDensitySpec,
  forward: ({ reads: [z], logDet }, { reads }, from, to) => {
    const { width } = reads[0]!;
    for (let r = from, i = r * width; r < to; r++) {
      // Math.max keeps a NaN.
      let reach = 0;
      for (const end = i + width; i < end; i++) reach = Math.max(reach, Math.abs(z![i]! - 0.5));
      if (!(reach <= 0.5)) logDet[r]! += Number.isNaN(reach) ? reach : Number.NEGATIVE_INFINITY;
    }
  },
  backward: () => undefined,
};
