import "@tensorflow/tfjs-backend-cpu/dist/register_all_kernels.js";

export { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu/dist/backend_cpu.js";
export { unaryKernelFunc } from "@tensorflow/tfjs-backend-cpu/dist/utils/unary_utils.js";
export { kernels } from "./core.mjs";
