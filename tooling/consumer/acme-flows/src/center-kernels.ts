import type { RowKernel } from "@flows/core/author";
import { binary } from "./binary.js";
import { type MeanAttrs, meanSpec, type UnitsAttrs, unitsSpec } from "./center.js";
import { centerWasm } from "./generated/center.js";

/** The barrier "acme.mean": called for all rows, it writes rows that all share. */
export const meanKernel: RowKernel<MeanAttrs> = {
  spec: meanSpec,
  forward: ({ reads: [x], writes: [newMean, mean], params: [old] }, { attrs, reads }, first, last) => {
    const width = reads[0]!.width;
    for (let j = 0; j < width; j++) {
      let sum = 0;
      for (let row = first; row < last; row++) sum += x![row * width + j]!;
      mean![j] = sum / (last - first);
      newMean![j] = old![j]! + attrs.weight * (mean![j]! - old![j]!);
    }
  },
  backward: (_frame, { reads: [dx], writes: [, dMean] }, { reads }, first, last) => {
    const width = reads[0]!.width;
    for (let at = first * width; at < last * width; at++) dx![at]! += dMean![at % width]! / (last - first);
  },
  binaries: { wasm: binary(centerWasm, "mean") },
};

/** The op "acme.units". */
export const unitsKernel: RowKernel<UnitsAttrs> = {
  spec: unitsSpec,
  forward: ({ reads: [x, center], writes: [y], params: [running, units], logDet }, { attrs, reads }, first, last) => {
    const [width, middle] = [reads[0]!.width, center ?? running!];
    for (let row = first; row < last; row++) {
      for (let j = 0; j < width; j++) {
        const at = row * width + j;
        y![at] = attrs.direction === "forward" ? x![at]! * units![j]! + middle[j]! : (x![at]! - middle[j]!) / units![j]!;
      }
      logDet[row]! += attrs.logDet;
    }
  },
  backward: ({ params: [, units] }, { reads: [dx, dCenter], writes: [dy] }, { attrs, reads }, first, last) => {
    const [width, forward] = [reads[0]!.width, attrs.direction === "forward"];
    for (let at = first * width; at < last * width; at++) {
      const j = at % width;
      dx![at]! += forward ? dy![at]! * units![j]! : dy![at]! / units![j]!;
      if (dCenter) dCenter[j]! += forward ? dy![at]! : -dy![at]! / units![j]!;
    }
  },
  binaries: { wasm: binary(centerWasm, "units") },
};
