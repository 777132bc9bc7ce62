import {
  slice,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  broadcastTo as tfBroadcastTo,
  concat as tfConcat,
  gather as tfGather,
  matMul as tfMatMul,
  reshape as tfReshape,
  reverse as tfReverse,
  split as tfSplit,
  stack as tfStack,
  tile as tfTile,
  transpose as tfTranspose,
  unstack as tfUnstack,
} from "@tensorflow/tfjs-core";
import type { Shape } from "../contracts/index.js";

export const matMul = (a: Tensor, b: Tensor, transposeA = false, transposeB = false): Tensor =>
  tfMatMul(a as Tensor2D, b as Tensor2D, transposeA, transposeB);
export const reshape = (x: Tensor, shape: Shape): Tensor => tfReshape(x, [...shape]);
export const transpose = (x: Tensor, order?: readonly number[]): Tensor => tfTranspose(x, order && [...order]);
export const broadcastTo = (x: Tensor, shape: Shape): Tensor => tfBroadcastTo(x, [...shape] as [number]);
export const concat = (parts: readonly Tensor[], axis: number): Tensor => tfConcat([...parts], axis);
export const stack = (parts: readonly Tensor[], axis: number): Tensor => tfStack([...parts], axis);
export const unstack = (x: Tensor, axis: number): Tensor[] => tfUnstack(x, axis);
export const split = (x: Tensor, sizes: readonly number[], axis: number): Tensor[] => tfSplit(x, [...sizes], axis);
export const tile = (x: Tensor, times: readonly number[]): Tensor => tfTile(x, [...times]);
export const reverse = (x: Tensor, axis: number): Tensor => tfReverse(x, axis);
/** Picks along an axis; `positions` is a tensor of whole numbers (see `indices`). */
export const gather = (x: Tensor, positions: Tensor, axis: number): Tensor => tfGather(x, positions as Tensor1D, axis);
/** Columns from .. from + width - 1 of rows [batch, width]. */
export const columns = (x: Tensor, from: number, width: number): Tensor => slice(x, [0, from], [x.shape[0]!, width]);
