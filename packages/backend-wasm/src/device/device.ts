import { sizeOf } from "@flows/core/author";
import type { Arena, Device as Memory } from "@flows/programs";
import { type Tensor, type TensorInfo, engine as tfjs } from "@tensorflow/tfjs-core";
import type { Exports } from "../binary/exports.js";
import type { WasmBackend } from "./backend.js";

/** What kernels work with. Take every `output` before any view of the memory: allocating may grow it. */
export interface Device extends Memory {
  readonly arena: Arena<WebAssembly.Memory>;
  readonly backend: WasmBackend;
  readonly wasm: Exports;
  /** Address of the matrix product's scratch. */
  readonly scratch: number;
}

/** A device of its parts, with tensors that are known to tfjs's scopes. */
export function deviceOf(parts: Pick<Device, "arena" | "backend" | "wasm" | "scratch">): Device {
  const { backend, wasm } = parts;
  const known = (info: TensorInfo): Tensor => tfjs().makeTensorFromTensorInfo(info);
  const empty = (shape: readonly number[]): Tensor => known(backend.output(shape));
  return {
    ...parts,
    empty,
    pointer: (tensor) => backend.pointer(tensor),
    view: (tensor, offset, shape) => known(backend.view(tensor, offset, shape)),
    zeros: (shape) => {
      const tensor = empty(shape);
      wasm.fillZero(backend.pointer(tensor), 4 * tensor.size);
      return tensor;
    },
    copyOf: (tensor) => {
      const copy = empty(tensor.shape);
      wasm.copyRows(backend.pointer(tensor), backend.pointer(copy), 1, 4 * tensor.size, 0, 0);
      return copy;
    },
  };
}

/** Our kernels take float32 with at least one element; all else goes to the CPU kernels. */
export const isOurs = (...tensors: readonly TensorInfo[]): boolean =>
  tensors.every(({ dtype, shape }) => dtype === "float32" && sizeOf(shape) > 0);
