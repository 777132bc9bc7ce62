/** What scores and draws: all of one build, and a part of the other. */
export { gemm, gemmScratchBytes } from "./gemm";
export { copyRows, fillZero, transpose } from "./layout";
export * from "./maps";
export { noise, normals } from "./noise";
export * from "./pairs";
export { sumColumns, sumRows } from "./reduce";
export { carry, clear } from "./rows/carry";
export * from "./rows-scoring";
