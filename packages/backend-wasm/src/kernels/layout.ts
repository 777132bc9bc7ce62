import { backend_util, slice_util, type Tensor, type TensorInfo, util } from "@tensorflow/tfjs-core";
import { type Device, isOurs, sizeOf } from "../device.js";
import type { Override } from "./override.js";

/** A tensor around one axis: `outer` runs of `length` times `inner` numbers. */
const around = (shape: readonly number[], axis: number) => ({
  outer: sizeOf(shape.slice(0, axis)),
  inner: sizeOf(shape.slice(axis + 1)),
});

/** The one axis along which two shapes differ (0 where none does); undefined where there are several. */
function differingAxis(a: readonly number[], b: readonly number[]): number | undefined {
  const axes = a.flatMap((n, i) => (n === b[i] ? [] : [i]));
  return axes.length > 1 ? undefined : (axes[0] ?? 0);
}

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

function transposed({ backend, wasm }: Device, x: TensorInfo): TensorInfo {
  const [rows, columns] = x.shape as [number, number];
  const y = backend.output([columns, rows]);
  wasm.transpose(backend.pointer(x), backend.pointer(y), rows, columns);
  return y;
}

const fits = (parts: readonly TensorInfo[], axis: number): boolean =>
  parts.every(({ shape }) => shape.length === parts[0]!.shape.length && shape.every((n, i) => i === axis || n === parts[0]!.shape[i]));

/** Copies along one axis, and the transpose of a matrix. */
export const layout: readonly Override[] = [
  {
    kernelName: "Slice",
    inputNames: ["x"],
    attempt: (device, [x], { begin, size }) => (isOurs(x!) ? sliced(device, x!, begin as number[], size as number[]) : undefined),
  },
  {
    kernelName: "Concat",
    inputNames: [],
    attempt: (device, parts, attrs) => {
      const axis = util.parseAxisParam(attrs.axis as number, parts[0]!.shape)[0]!;
      return parts.length > 1 && isOurs(...parts) && fits(parts, axis) ? concatenated(device, parts, axis) : undefined;
    },
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
  {
    kernelName: "PadV2",
    inputNames: ["x"],
    attempt: (device, [x], { paddings, constantValue }) =>
      isOurs(x!) && constantValue === 0 ? padded(device, x!, paddings as unknown as [number, number][]) : undefined,
  },
  {
    kernelName: "Transpose",
    inputNames: ["x"],
    attempt: (device, [x], { perm }) =>
      isOurs(x!) && x!.shape.length === 2 && (perm as number[])[0] === 1 ? transposed(device, x!) : undefined,
  },
];
