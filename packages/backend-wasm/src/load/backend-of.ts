import type { Backend, Plugin } from "@flows/core";
import { fail } from "@flows/core/author";
import { cores } from "../threads/cores.js";
import type { Edition } from "./edition.js";
import { load } from "./load.js";

export interface WasmOptions {
  /**
   * Use relaxed SIMD (one rounding in a multiply-add) where the engine has it, a third faster; default true. The last bit then depends
   * on the machine. In Node 20 this sets V8's flag --experimental-wasm-relaxed-simd for the process.
   */
  readonly relaxed?: boolean;
  /** What the memory may grow to, in bytes; default 2 GiB, at most 4 GiB. Address space only, until tensors fill it. */
  readonly maximumBytes?: number;
  /**
   * Threads that share the rows of programs; default as many as the machine has cores, at most 4. Results are the same for the same
   * number, and for another one the same to rounding. One where memory cannot be shared (a page that is not cross-origin isolated).
   */
  readonly threads?: number;
  /** Packages whose row kernels join ours. */
  readonly plugins?: readonly Plugin[];
}

const GIB = 2 ** 30;
const LEAST = 2 ** 20;
const MOST_THREADS = 64;

const defaultThreads = (): number => Math.min(4, cores());

/** A backend of one edition, with checked options. */
export function backendOf(
  edition: Edition,
  { relaxed = true, maximumBytes = 2 * GIB, threads = defaultThreads(), plugins = [] }: WasmOptions,
): Backend {
  if (!(Number.isInteger(maximumBytes) && maximumBytes >= LEAST && maximumBytes <= 4 * GIB))
    fail("config", "flows/wasm", `maximumBytes must be a whole number from ${LEAST} to ${4 * GIB}, got ${maximumBytes}.`);
  if (!(Number.isInteger(threads) && threads >= 1 && threads <= MOST_THREADS))
    fail("config", "flows/wasm", `threads must be a whole number from 1 to ${MOST_THREADS}, got ${threads}.`);
  const settings = { relaxed, maximumBytes, threads };
  const options = { ...settings, plugins: plugins.map((plugin) => plugin.name) };
  return { name: edition.name, options, precision: "float32", load: () => load(edition, settings, plugins) };
}
