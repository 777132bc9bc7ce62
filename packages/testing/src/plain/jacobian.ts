import type { Module } from "@flows/core";
import { columns, reshape, sum, type Tensor } from "@flows/core/ops";
import { grad, tidy } from "@tensorflow/tfjs-core";
import type { Numbers } from "../close.js";
import { type Batch, tensorsOf, widthOf } from "./batch.js";
import { read } from "./read.js";
import type { Way } from "./way.js";

/** log|det| of a square matrix by elimination with row pivots. */
export function logAbsDet(matrix: readonly (readonly number[])[]): number {
  const a = matrix.map((row) => [...row]);
  let total = 0;
  for (let k = 0; k < a.length; k++) {
    const pivot = a.reduce((best, row, i) => (i > k && Math.abs(row[k]!) > Math.abs(a[best]![k]!) ? i : best), k);
    [a[k], a[pivot]] = [a[pivot]!, a[k]!];
    total += Math.log(Math.abs(a[k]![k]!));
    for (const row of a.slice(k + 1)) {
      const factor = row[k]! / a[k]![k]!;
      for (let j = k; j < a.length; j++) row[j]! -= factor * a[k]![j]!;
    }
  }
  return total;
}

/** d value_i / d x_j of every row, [n][i][j], one autodiff pass for each i. */
export async function jacobians<M extends Module>(module: M, way: Way<M>, batch: Batch): Promise<number[][][]> {
  const [n, width] = [batch.shape[0], widthOf(batch)];
  const { rows, call, dispose } = tensorsOf(batch);
  const passes: Numbers[] = [];
  for (let i = 0; i < width; i++) {
    const output = (x: Tensor): Tensor => sum(columns(reshape(way.run(module, x, call).value!, [n, width]), i, 1));
    passes.push((await read({ row: tidy(() => grad(output)(rows)) })).row!);
  }
  dispose();
  return Array.from({ length: n }, (_, r) => passes.map((pass) => Array.from({ length: width }, (_, j) => pass[r * width + j]!)));
}
