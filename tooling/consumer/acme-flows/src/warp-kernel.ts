import type { Directed, RowKernel } from "@flows/core/author";
import { binary } from "./binary.js";
import { warpWasm } from "./generated/warp.js";
import { warpSpec } from "./warp.js";

const logCosh = (u: number): number => Math.abs(u) + Math.log1p(Math.exp(-2 * Math.abs(u)));

/** The op "acme.warp" in plain loops, and compiled from assembly/. `from` and `to` are the inner coordinates asinh(input) and asinh(output). */
export const warpKernel: RowKernel<Directed> = {
  spec: warpSpec,
  forward: ({ reads: [x], writes: [y], params: [skew, logTail], logDet }, { attrs, reads }, first, last) => {
    const width = reads[0]!.width;
    const forward = attrs.direction === "forward";
    for (let row = first; row < last; row++) {
      let slope = 0;
      for (let j = 0; j < width; j++) {
        const at = row * width + j;
        const from = Math.asinh(x![at]!);
        const tail = Math.exp(logTail![j]!);
        const to = forward ? (from + skew![j]!) * tail : from / tail - skew![j]!;
        y![at] = Math.sinh(to);
        slope += (forward ? logTail![j]! : -logTail![j]!) + logCosh(to) - logCosh(from);
      }
      logDet[row]! += slope;
    }
  },
  backward: ({ reads: [x], params: [skew, logTail] }, adjoint, { attrs, reads }, first, last) => {
    const {
      reads: [dx],
      writes: [dy],
      params: [dSkew, dLogTail],
      logDet: dLogDet,
    } = adjoint;
    const width = reads[0]!.width;
    const forward = attrs.direction === "forward";
    for (let row = first; row < last; row++) {
      const dSlope = dLogDet[row]!;
      for (let j = 0; j < width; j++) {
        const at = row * width + j;
        const from = Math.asinh(x![at]!);
        const tail = Math.exp(logTail![j]!);
        const to = forward ? (from + skew![j]!) * tail : from / tail - skew![j]!;
        const dTo = dy![at]! * Math.cosh(to) + dSlope * Math.tanh(to);
        const stretch = forward ? tail : 1 / tail;
        dx![at]! += (dTo * stretch - dSlope * Math.tanh(from)) / Math.cosh(from);
        dSkew![j]! += forward ? dTo * tail : -dTo;
        dLogTail![j]! += forward ? dTo * to + dSlope : -dTo * (from / tail) - dSlope;
      }
    }
  },
  binaries: { wasm: binary(warpWasm, "warp") },
};
