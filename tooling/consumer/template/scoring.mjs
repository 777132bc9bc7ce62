export { wasm } from "@flows/backend-wasm";
export { realNvp } from "@flows/bijectors";
export { draw, score, useBackend } from "@flows/core";
