export { product as gemm } from "./gemm";
export * from "./values";
