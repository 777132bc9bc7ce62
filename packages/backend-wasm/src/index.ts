export type { WasmOptions } from "./backend-of.js";
export { wasm } from "./wasm.js";
