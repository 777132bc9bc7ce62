import type { Plugin } from "@flows/core";
import { batchMean, center, inUnits, meanExamples, unitsExamples } from "./center.js";
import { meanKernel, unitsKernel } from "./center-kernels.js";
import { sinhArcsinh } from "./sinh-arcsinh.js";
import { warp, warpExamples } from "./warp.js";
import { warpKernel } from "./warp-kernel.js";

/** Pass it to `createRegistry` for files, and to a backend for speed. */
export const acme: Plugin = {
  name: "acme",
  spec: 1,
  modules: [center, sinhArcsinh],
  ops: [
    { op: batchMean, at: meanExamples },
    { op: inUnits, at: unitsExamples },
    { op: warp, at: warpExamples },
  ],
  kernels: [meanKernel, unitsKernel, warpKernel],
};
