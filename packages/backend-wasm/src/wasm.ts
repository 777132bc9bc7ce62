import { type Backend, fail, type Plugin } from "@flows/core";
import { load } from "./load.js";

export interface WasmOptions {
  /**
   * Use relaxed SIMD (one rounding in a multiply-add) where the engine has it, a third faster; default true. The last bit then depends
   * on the machine. In Node 20 this sets V8's flag --experimental-wasm-relaxed-simd for the process.
   */
  readonly relaxed?: boolean;
  /** What the memory may grow to, in bytes; default 2 GiB, at most 4 GiB. Address space only, until tensors fill it. */
  readonly maximumBytes?: number;
  /** Packages whose row kernels join ours. */
  readonly plugins?: readonly Plugin[];
}

const GIB = 2 ** 30;
const LEAST = 2 ** 20;

/**
 * The default backend: tfjs's CPU backend with float32 tensors in one WebAssembly memory and SIMD kernels for what flows use.
 * Runs in Node and browsers and looks up no file.
 *
 * @example
 * const backend = await useBackend(wasm());
 */
export function wasm({ relaxed = true, maximumBytes = 2 * GIB, plugins = [] }: WasmOptions = {}): Backend {
  if (!(Number.isInteger(maximumBytes) && maximumBytes >= LEAST && maximumBytes <= 4 * GIB))
    fail("config", "flows/wasm", `maximumBytes must be a whole number from ${LEAST} to ${4 * GIB}, got ${maximumBytes}.`);
  const settings = { relaxed, maximumBytes };
  const options = { ...settings, plugins: plugins.map((plugin) => plugin.name) };
  return { name: "flows-wasm", options, precision: "float32", load: () => load("flows-wasm", settings, plugins) };
}
