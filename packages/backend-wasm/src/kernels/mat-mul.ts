import { sizeOf } from "@flows/core/author";
import { backend_util, type TensorInfo } from "@tensorflow/tfjs-core";
import { type Device, isOurs } from "../device/device.js";
import type { Override } from "./override.js";

/** A stack of matrices [..., rows, columns]. */
const stack = ({ shape }: TensorInfo) => ({ count: sizeOf(shape.slice(0, -2)), rows: shape.at(-2)!, columns: shape.at(-1)! });

function product(device: Device, a: TensorInfo, b: TensorInfo, transposeA: boolean, transposeB: boolean): TensorInfo | undefined {
  const [left, right] = [stack(a), stack(b)];
  if (left.count !== right.count && left.count !== 1 && right.count !== 1) return undefined;
  const [m, k] = transposeA ? [left.columns, left.rows] : [left.rows, left.columns];
  const n = transposeB ? right.rows : right.columns;
  if (k !== (transposeB ? right.columns : right.rows)) return undefined;
  const batch = backend_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const { backend, wasm, scratch } = device;
  const c = backend.output([...batch, m, n]);
  const [pa, pb, pc] = [backend.pointer(a), backend.pointer(b), backend.pointer(c)];
  const kind = (transposeA ? 1 : 0) | (transposeB ? 2 : 0);
  for (let i = 0; i < sizeOf(batch); i++) {
    const [ai, bi] = [left.count > 1 ? i : 0, right.count > 1 ? i : 0];
    wasm.gemm(kind, m, n, k, pa + 4 * ai * m * k, pb + 4 * bi * k * n, pc + 4 * i * m * n, 0, 0, scratch);
  }
  return c;
}

/** Products of matrices and of stacks of them, either side transposed or one repeated; shapes that do not fit get tfjs's own error. */
export const matMul: Override = {
  kernelName: "BatchMatMul",
  inputNames: ["a", "b"],
  attempt: (device, [a, b], { transposeA, transposeB }) =>
    isOurs(a!, b!) ? product(device, a!, b!, transposeA as boolean, transposeB as boolean) : undefined,
};
