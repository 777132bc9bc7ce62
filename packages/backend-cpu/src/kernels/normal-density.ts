import { normalDensitySpec, type RowKernel } from "@flows/core/author";

const halfLog2Pi = 0.5 * Math.log(2 * Math.PI);

/** The log-density of a standard normal goes to the log-dets: -|z|^2 / 2 - width log(2 pi) / 2; reads z and writes nothing. */
export const normalDensityKernel: RowKernel = {
  spec: normalDensitySpec,
  forward: ({ reads: [z], logDet }, { reads }, from, to) => {
    const { width } = reads[0]!;
    for (let r = from, i = r * width; r < to; r++) {
      let squares = 0;
      for (const end = i + width; i < end; i++) squares += z![i]! ** 2;
      logDet[r]! -= squares / 2 + width * halfLog2Pi;
    }
  },
  backward: ({ reads: [z] }, { reads: [dz], logDet: dLogDet }, { reads }, from, to) => {
    const { width } = reads[0]!;
    for (let r = from, i = r * width; r < to; r++) for (const end = i + width; i < end; i++) dz![i]! -= dLogDet[r]! * z![i]!;
  },
};
