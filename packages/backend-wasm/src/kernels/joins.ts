import { sizeOf } from "@flows/core/author";
import { type TensorInfo, util } from "@tensorflow/tfjs-core";
import { type Device, isOurs } from "../device/device.js";
import { around, differingAxis } from "./around.js";
import type { Override } from "./override.js";

function concatenated({ backend, wasm }: Device, parts: readonly TensorInfo[], axis: number): TensorInfo {
  const first = parts[0]!.shape;
  const length = parts.reduce((sum, { shape }) => sum + shape[axis]!, 0);
  const { outer, inner } = around(first, axis);
  const y = backend.output(first.map((n, i) => (i === axis ? length : n)));
  const stride = 4 * length * inner;
  let to = backend.pointer(y);
  for (const part of parts) {
    const bytes = 4 * part.shape[axis]! * inner;
    wasm.copyRows(backend.pointer(part), to, outer, bytes, bytes, stride);
    to += bytes;
  }
  return y;
}

function padded({ backend, wasm }: Device, x: TensorInfo, paddings: readonly [number, number][]): TensorInfo | undefined {
  const shape = x.shape.map((n, i) => n + paddings[i]![0] + paddings[i]![1]);
  const axis = differingAxis(x.shape, shape);
  if (axis === undefined || x.shape.length === 0) return undefined;
  const { outer, inner } = around(x.shape, axis);
  const y = backend.output(shape);
  const bytes = 4 * x.shape[axis]! * inner;
  const to = backend.pointer(y);
  wasm.fillZero(to, 4 * sizeOf(shape));
  wasm.copyRows(backend.pointer(x), to + 4 * paddings[axis]![0] * inner, outer, bytes, bytes, 4 * shape[axis]! * inner);
  return y;
}

const fits = (parts: readonly TensorInfo[], axis: number): boolean =>
  parts.every(({ shape }) => shape.length === parts[0]!.shape.length && shape.every((n, i) => i === axis || n === parts[0]!.shape[i]));

/** Tensors put together, or among zeros, along one axis. */
export const joins: readonly Override[] = [
  {
    kernelName: "Concat",
    inputNames: [],
    attempt: (device, parts, attrs) => {
      const axis = util.parseAxisParam(attrs.axis as number, parts[0]!.shape)[0]!;
      return parts.length > 1 && isOurs(...parts) && fits(parts, axis) ? concatenated(device, parts, axis) : undefined;
    },
  },
  {
    kernelName: "PadV2",
    inputNames: ["x"],
    attempt: (device, [x], { paddings, constantValue }) =>
      isOurs(x!) && constantValue === 0 ? padded(device, x!, paddings as unknown as [number, number][]) : undefined,
  },
];
