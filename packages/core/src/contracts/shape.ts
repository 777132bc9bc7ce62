import type { Tensor } from "@tensorflow/tfjs-core";

export type Shape = readonly number[];

/** `forward` makes data from noise (samples), `inverse` makes noise from data (scores). */
export type Direction = "forward" | "inverse";

/** What a map gives: the new rows and log|det J| of every row, [batch]. */
export type Transformed = [value: Tensor, logDet: Tensor];

/** What both arrays share and TypeScript does not find in their union: it refuses to call what is overloaded in each. */
interface Folds {
  reduce(fold: (before: number, value: number, index: number) => number): number;
  reduce<T>(fold: (before: T, value: number, index: number) => T, start: T): T;
  reduceRight(fold: (before: number, value: number, index: number) => number): number;
  reduceRight<T>(fold: (before: T, value: number, index: number) => T, start: T): T;
}

/** Numbers as they are read back: Float64Array on a float64 backend. */
export type Floats = (Float32Array | Float64Array) & Folds;
