import type { Shape } from "@flows/core";
import { type Call, normals, sizeOf, tensorOf } from "@flows/core/author";
import type { Tensor } from "@tensorflow/tfjs-core";

/** The input of one evaluation as plain numbers: every one is exact in float32. */
export interface Batch {
  readonly rows: Float64Array;
  readonly shape: readonly [n: number, ...event: number[]];
  /** [n, contextFeatures], empty where there is none. */
  readonly context: Float64Array;
}
/** Where a direction is defined; an end may be infinite. */
export type Interval = readonly [lo: number, hi: number];
export const everywhere: Interval = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];

/** A standard normal number carried into the inside of an interval. */
function inside([lo, hi]: Interval, z: number): number {
  if (lo <= -9 && hi >= 9) return z;
  if (Number.isFinite(lo) && Number.isFinite(hi)) return lo + (hi - lo) * (0.5 + 0.45 * Math.tanh(0.8 * z));
  return Number.isFinite(lo) ? lo + Math.exp(0.5 * z) : hi - Math.exp(0.5 * z);
}

/** Random rows inside a domain, and their context. */
export function randomBatch(n: number, event: Shape, context: number, domain: Interval = everywhere, seed = 3): Batch {
  const rows = Float64Array.from(normals(seed, 0, n, sizeOf(event)), (z) => Math.fround(inside(domain, z)));
  return { rows, shape: [n, ...event], context: Float64Array.from(normals(seed + 1, 0, n, context)) };
}

/** The same input with other rows. */
export const withRows = (batch: Batch, rows: Float64Array): Batch => ({ ...batch, rows });
export const widthOf = ({ shape: [, ...event] }: Batch): number => sizeOf(event);

/** Some rows alone. */
export function rowsOf(batch: Batch, from: number, to: number): Batch {
  const [n, ...event] = batch.shape;
  const [width, context] = [widthOf(batch), batch.context.length / n];
  return {
    rows: batch.rows.slice(from * width, to * width),
    shape: [to - from, ...event],
    context: batch.context.slice(from * context, to * context),
  };
}

/** Row i alone. */
export const rowOf = (batch: Batch, i: number): Batch => rowsOf(batch, i, i + 1);

/** The input as tensors, to be disposed by the caller. */
export function tensorsOf({ rows, shape, context }: Batch): { rows: Tensor; call: Call; dispose(): void } {
  const x = tensorOf(rows, shape);
  const c = context.length > 0 ? tensorOf(context, [shape[0], context.length / shape[0]]) : undefined;
  const dispose = (): void => {
    x.dispose();
    c?.dispose();
  };
  return { rows: x, call: { context: c }, dispose };
}
