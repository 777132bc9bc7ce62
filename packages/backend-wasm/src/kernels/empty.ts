import { engine, type Tensor } from "@tensorflow/tfjs-core";
import type { Device } from "../device.js";

/** A new tensor in wasm memory, not initialised, known to tfjs's scopes. */
export const empty = ({ backend }: Device, shape: readonly number[]): Tensor => engine().makeTensorFromTensorInfo(backend.output(shape));

export function zeros(device: Device, shape: readonly number[]): Tensor {
  const tensor = empty(device, shape);
  device.wasm.fillZero(device.backend.pointer(tensor), 4 * tensor.size);
  return tensor;
}
