import type { BackendValues, DataType } from "@tensorflow/tfjs-core";
import type { MathBackendCPU } from "./generated/backend.js";

/** Makes a CPU backend store float64 whatever comes in: tfjs-core itself still makes float32 arrays for zeros, ones and literals. */
export const wide = (Backend: typeof MathBackendCPU): typeof MathBackendCPU =>
  class extends Backend {
    // Silences the advice to install the Node backend.
    override firstUse = false;

    override write(values: BackendValues, shape: number[], dtype: DataType): object {
      return super.write(widened(values, dtype), shape, dtype);
    }

    override move(dataId: object, values: BackendValues, shape: number[], dtype: DataType, refCount: number): void {
      super.move(dataId, widened(values, dtype), shape, dtype, refCount);
    }
  };

function widened(values: BackendValues, dtype: DataType): BackendValues {
  if (dtype !== "float32" || !(values instanceof Float32Array)) return values;
  return Float64Array.from(values) as unknown as BackendValues;
}
