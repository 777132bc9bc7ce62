/** What scores and draws: all of one build, and a part of the other. */
export { gemm, gemmScratchBytes } from "./gemm";
export { copyRows, fillZero, transpose } from "./layout";
export * from "./maps";
export { noise, normals } from "./noise";
export * from "./pairs";
export { sumColumns, sumRows } from "./reduce";
export { additiveTransformForward } from "./rows/additive-transform";
export { affineForward } from "./rows/affine";
export { affineTransformForward } from "./rows/affine-transform";
export { carry, clear } from "./rows/carry";
export { elementwiseForward } from "./rows/elementwise";
export { linearLUForward } from "./rows/linear-lu";
export { mlpForward } from "./rows/mlp";
export { moveForward } from "./rows/move";
export { normalDensityForward } from "./rows/normal-density";
export { planarForward } from "./rows/planar";
export { radialForward } from "./rows/radial";
export { standardiseForward } from "./rows/standardise";
