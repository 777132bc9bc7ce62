import { tensorOf } from "../backend/tensor-of.js";
import { defineOp } from "../kernels/op.js";
import { normals } from "./normal.js";
import type { Stream } from "./streams.js";

export interface NoiseAttrs {
  readonly seed: number;
  /** The number of the first row. */
  readonly first: number;
  readonly n: number;
  readonly width: number;
  readonly stream: Stream;
}

/** Rows first .. first + n - 1 of a stream's standard normals, [n, width]. A kernel gives the same bits as `normals`. */
export const noise = defineOp<NoiseAttrs>({
  name: "noise",
  reference: (_inputs, { seed, first, n, width, stream }) => [tensorOf(normals(seed, first, n, width, stream), [n, width])],
});
