import { sizeOf } from "@flows/core";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Exports } from "../binary/exports.js";
import type { Arena } from "../memory/arena.js";
import type { WasmBackend } from "./backend.js";

/** What kernels work with. Take every `output` before any view of the memory: allocating may grow it. */
export interface Device {
  readonly backend: WasmBackend;
  readonly arena: Arena;
  readonly wasm: Exports;
  /** Address of the matrix product's scratch. */
  readonly scratch: number;
}

/** Our kernels take float32 with at least one element; all else goes to the CPU kernels. */
export const isOurs = (...tensors: readonly TensorInfo[]): boolean =>
  tensors.every(({ dtype, shape }) => dtype === "float32" && sizeOf(shape) > 0);
