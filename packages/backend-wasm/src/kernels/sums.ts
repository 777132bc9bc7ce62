import { sizeOf } from "@flows/core/author";
import { backend_util, type TensorInfo, util } from "@tensorflow/tfjs-core";
import { type Device, isOurs } from "../device/device.js";
import type { Override } from "./override.js";

function reduced(
  { backend, wasm }: Device,
  x: TensorInfo,
  axis: number | number[],
  keepDims: boolean,
  mean: boolean,
): TensorInfo | undefined {
  const axes = [...util.parseAxisParam(axis, x.shape)].sort((a, b) => a - b);
  const [first, last] = [axes[0] ?? 0, axes.at(-1) ?? -1];
  if (last - first + 1 !== axes.length) return undefined;
  const [shape] = backend_util.computeOutAndReduceShapes(x.shape, axes);
  const y = backend.output(keepDims ? backend_util.expandShapeToKeepDim(shape, axes) : shape);
  const outer = sizeOf(x.shape.slice(0, first));
  const count = sizeOf(x.shape.slice(first, last + 1));
  const inner = sizeOf(x.shape.slice(last + 1));
  const scale = mean ? 1 / count : 1;
  const [from, to] = [backend.pointer(x), backend.pointer(y)];
  if (inner === 1) wasm.sumRows(from, to, outer, count, scale);
  else for (let i = 0; i < outer; i++) wasm.sumColumns(from + 4 * i * count * inner, to + 4 * i * inner, count, inner, scale, 0);
  return y;
}

const override = (kernelName: string, mean: boolean): Override => ({
  kernelName,
  inputNames: ["x"],
  attempt: (device, [x], { axis, keepDims }) =>
    isOurs(x!) ? reduced(device, x!, axis as number | number[], keepDims as boolean, mean) : undefined,
});

/** Sums and means over neighbouring axes. */
export const sums: readonly Override[] = [override("Sum", false), override("Mean", true)];
