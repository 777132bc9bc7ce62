import type { Backend } from "@flows/core";
import { scoringOnTape } from "@flows/core/author";
import { kernels } from "./generated/inference.js";
import { maps } from "./kernels/maps.js";
import { matMul } from "./kernels/mat-mul.js";
import { pairs } from "./kernels/pairs.js";
import { sums } from "./kernels/sums.js";
import { backendOf, type WasmOptions } from "./load/backend-of.js";
import type { Edition } from "./load/edition.js";
import { refuse, refuseTape } from "./load/refuse.js";

export type { WasmOptions } from "./load/backend-of.js";

const inference: Edition = {
  name: "flows-wasm-inference",
  text: kernels,
  // Kernels that only copy numbers are left to the CPU: the same numbers, and no program calls them.
  overrides: [...maps, ...pairs, ...sums, matMul],
  wholePlan: refuse,
  onTape: scoringOnTape,
  kernels: () => [],
  prepareTape: refuseTape,
};

/**
 * The default backend for pages that score and draw with a trained flow and train none: the same kernels, threads and numbers, a quarter
 * less to download, and no gradients. Whoever asks it for one, or to train, gets an error.
 *
 * @example
 * import { wasm } from "@flows/backend-wasm/inference";
 * const backend = await useBackend(wasm());
 */
export const wasm = (options: WasmOptions = {}): Backend => backendOf(inference, options);
