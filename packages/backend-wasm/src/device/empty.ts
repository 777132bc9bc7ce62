import { engine, type Tensor } from "@tensorflow/tfjs-core";
import type { Device } from "./device.js";

/** A new tensor in wasm memory, not initialised, known to tfjs's scopes. */
export const empty = ({ backend }: Device, shape: readonly number[]): Tensor => engine().makeTensorFromTensorInfo(backend.output(shape));

export function zeros(device: Device, shape: readonly number[]): Tensor {
  const tensor = empty(device, shape);
  device.wasm.fillZero(device.backend.pointer(tensor), 4 * tensor.size);
  return tensor;
}

/** A copy that nobody else holds. */
export function copyOf(device: Device, tensor: Tensor): Tensor {
  const { backend, wasm } = device;
  const copy = empty(device, tensor.shape);
  wasm.copyRows(backend.pointer(tensor), backend.pointer(copy), 1, 4 * tensor.size, 0, 0);
  return copy;
}
