import { sizeOf } from "@flows/core/author";
import { backend_util, slice_util, type Tensor, type TensorInfo, util } from "@tensorflow/tfjs-core";
import { type Device, isOurs } from "../device/device.js";
import { around, differingAxis } from "./around.js";
import type { Override } from "./override.js";

function sliced({ backend, wasm }: Device, x: TensorInfo, begin: number[], size: number[]): TensorInfo | undefined {
  const [start, shape] = slice_util.parseSliceParams(x as Tensor, begin, size) as [number[], number[]];
  slice_util.assertParamsValid(x as Tensor, start, shape);
  const axis = differingAxis(x.shape, shape);
  if (axis === undefined || x.shape.length === 0 || sizeOf(shape) === 0) return undefined;
  const { outer, inner } = around(x.shape, axis);
  const y = backend.output(shape);
  const bytes = 4 * shape[axis]! * inner;
  wasm.copyRows(backend.pointer(x) + 4 * start[axis]! * inner, backend.pointer(y), outer, bytes, 4 * x.shape[axis]! * inner, bytes);
  return y;
}

function split(device: Device, x: TensorInfo, sizes: readonly number[], axis: number): TensorInfo[] | undefined {
  if (sizes.includes(0)) return undefined;
  const { backend, wasm } = device;
  const { outer, inner } = around(x.shape, axis);
  const stride = 4 * x.shape[axis]! * inner;
  let from = backend.pointer(x);
  return sizes.map((length) => {
    const part = backend.output(x.shape.map((n, i) => (i === axis ? length : n)));
    const bytes = 4 * length * inner;
    wasm.copyRows(from, backend.pointer(part), outer, bytes, stride, bytes);
    from += bytes;
    return part;
  });
}

/** Parts of a tensor along one axis. */
export const cuts: readonly Override[] = [
  {
    kernelName: "Slice",
    inputNames: ["x"],
    attempt: (device, [x], { begin, size }) => (isOurs(x!) ? sliced(device, x!, begin as number[], size as number[]) : undefined),
  },
  {
    kernelName: "SplitV",
    inputNames: ["x"],
    attempt: (device, [x], { numOrSizeSplits, axis }) => {
      const along = util.parseAxisParam(axis as number, x!.shape)[0]!;
      const sizes = backend_util.prepareSplitSize(x as Tensor, numOrSizeSplits as number[] | number, along);
      return isOurs(x!) ? split(device, x!, sizes, along) : undefined;
    },
  },
];
