import type { TensorInfo } from "@tensorflow/tfjs-core";
import { type Device, isOurs } from "../device/device.js";
import type { Override } from "./override.js";

function transposed({ backend, wasm }: Device, x: TensorInfo): TensorInfo {
  const [rows, columns] = x.shape as [number, number];
  const y = backend.output([columns, rows]);
  wasm.transpose(backend.pointer(x), backend.pointer(y), rows, columns);
  return y;
}

/** The transpose of a matrix. */
export const transpose: Override = {
  kernelName: "Transpose",
  inputNames: ["x"],
  attempt: (device, [x], { perm }) =>
    isOurs(x!) && x!.shape.length === 2 && (perm as number[])[0] === 1 ? transposed(device, x!) : undefined,
};
