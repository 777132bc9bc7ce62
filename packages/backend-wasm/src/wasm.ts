import type { Backend } from "@flows/core";
import { chooseKernel, onTape, registerGradients } from "@flows/core/author";
import { training, wholePlan } from "@flows/programs";
import { kernels } from "./generated/kernels.js";
import { adamKernel } from "./kernels/adam.js";
import { cuts } from "./kernels/cuts.js";
import { joins } from "./kernels/joins.js";
import { maps } from "./kernels/maps.js";
import { matMul } from "./kernels/mat-mul.js";
import { pairs } from "./kernels/pairs.js";
import { sums } from "./kernels/sums.js";
import { transpose } from "./kernels/transpose.js";
import { unpackKernel } from "./kernels/unpack.js";
import { backendOf, type WasmOptions } from "./load/backend-of.js";
import type { Edition } from "./load/edition.js";

const full: Edition = {
  name: "flows-wasm",
  text: kernels,
  overrides: [...maps, ...pairs, ...sums, ...cuts, ...joins, transpose, matMul],
  wholePlan,
  training,
  onTape,
  kernels: (device, engine) => [unpackKernel(device), adamKernel(device, engine), chooseKernel],
  prepareTape: registerGradients,
};

/**
 * The default backend: tfjs's CPU backend with float32 tensors in one WebAssembly memory and SIMD kernels for what flows use.
 * Runs in Node and browsers and looks up no file.
 *
 * @example
 * const backend = await useBackend(wasm());
 */
export const wasm = (options: WasmOptions = {}): Backend => backendOf(full, options);
