import { sizeOf } from "@flows/core/author";
import type { Arena } from "@flows/programs";
import type { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import type { backend_util, DataType, TensorInfo } from "@tensorflow/tfjs-core";

import { type Lent, Stored } from "../memory/stored.js";

type Values = backend_util.BackendValues;
type DataId = TensorInfo["dataId"];

/** tfjs's CPU backend with float32 tensors in wasm memory. */
export interface WasmBackend extends MathBackendCPU {
  /** The address of a float32 tensor. */
  pointer(tensor: TensorInfo): number;
  /** True where no other tensor shares these numbers. */
  isSole(tensor: TensorInfo): boolean;
  /** A new float32 tensor in wasm memory, not initialised. */
  output(shape: readonly number[]): TensorInfo;
  /** A tensor that shares the numbers of another from `offset` on. Tensors never change, so nobody notices. */
  view(tensor: TensorInfo, offset: number, shape: readonly number[]): TensorInfo;
  /** Bytes of the memory in use. */
  readonly usedBytes: number;
}

/** Made inside a function, because importing tfjs-backend-cpu registers its backend and kernels. */
export function createBackend(Cpu: typeof MathBackendCPU, arena: Arena): WasmBackend {
  /** CPU kernels hand out subarrays of their inputs (Slice, TopK): those would change once the input's block is used again. */
  const detached = (values: Values): Values =>
    ArrayBuffer.isView(values) && values.buffer === arena.memory.buffer ? values.slice() : values;

  class Backend extends Cpu implements WasmBackend {
    #store(dataId: DataId, dtype: DataType, refCount: number, content: Values | number | Lent): DataId {
      this.data.set(dataId, new Stored(arena, dtype, refCount, content));
      return dataId;
    }

    override write(values: Values, _shape: number[], dtype: DataType): DataId {
      return this.#store({}, dtype, 1, detached(values));
    }

    override move(dataId: DataId, values: Values, _shape: number[], dtype: DataType, refCount: number): void {
      this.#store(dataId, dtype, refCount, detached(values));
    }

    override readSync(dataId: DataId): Values {
      return detached(super.readSync(dataId));
    }

    override disposeData(dataId: DataId, force = false): boolean {
      const stored = this.data.has(dataId) ? (this.data.get(dataId) as Stored) : undefined;
      const gone = super.disposeData(dataId, force);
      if (gone) stored?.release();
      return gone;
    }

    get usedBytes(): number {
      return arena.used;
    }

    pointer(tensor: TensorInfo): number {
      return (this.data.get(tensor.dataId) as Stored).pointer;
    }

    isSole(tensor: TensorInfo): boolean {
      return (this.data.get(tensor.dataId) as Stored).isSole;
    }

    view(tensor: TensorInfo, offset: number, shape: readonly number[]): TensorInfo {
      const from = this.data.get(tensor.dataId) as Stored;
      return { dataId: this.#store({}, "float32", 1, { from, offset, length: sizeOf(shape) }), shape: [...shape], dtype: "float32" };
    }

    output(shape: readonly number[]): TensorInfo {
      const size = sizeOf(shape);
      return { dataId: this.#store({}, "float32", 1, size), shape: [...shape], dtype: "float32" };
    }
  }
  return new Backend();
}
