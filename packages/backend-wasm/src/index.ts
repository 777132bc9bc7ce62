export type { WasmOptions } from "./load/backend-of.js";
export { wasm } from "./wasm.js";
