import type { Plugin } from "@flows/core";
import { sinhArcsinh } from "./sinh-arcsinh.js";
import { warp } from "./warp.js";
import { warpKernel } from "./warp-kernel.js";

/** Pass it to `createRegistry` for files, and to a backend for speed. */
export const acme: Plugin = { name: "acme", spec: 1, modules: [sinhArcsinh], ops: [warp], kernels: [warpKernel] };
