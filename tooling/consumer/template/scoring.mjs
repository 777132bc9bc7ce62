export { wasm } from "@flows/backend-wasm/inference";
export { realNvp } from "@flows/bijectors";
export { draw, score, useBackend } from "@flows/core";
