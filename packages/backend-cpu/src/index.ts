export { type CpuOptions, cpu } from "./cpu.js";
export { rowKernels } from "./kernels/index.js";
export { interpreter } from "./programs/interpreter.js";
