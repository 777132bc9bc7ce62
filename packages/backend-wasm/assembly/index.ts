export { adam, sumSquares } from "./adam";
export { gemm, gemmScratchBytes } from "./gemm";
export { copyRows, fillZero, transpose } from "./layout";
export * from "./maps";
export { mlpBackward, mlpChunk, mlpForward } from "./mlp";
export * from "./pairs";
export { sumColumns, sumRows } from "./reduce";
