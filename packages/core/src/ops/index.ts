export type { Tensor } from "@tensorflow/tfjs-core";
export * from "./binary.js";
export * from "./constant.js";
export * from "./reduce.js";
export * from "./shape.js";
export * from "./unary.js";
