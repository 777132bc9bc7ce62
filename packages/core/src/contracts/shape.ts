import type { Tensor } from "@tensorflow/tfjs-core";

export type Shape = readonly number[];

/** `forward` makes data from noise (samples), `inverse` makes noise from data (scores). */
export type Direction = "forward" | "inverse";

/** What a map gives: the new rows and log|det J| of every row, [batch]. */
export type Transformed = [value: Tensor, logDet: Tensor];

/** Numbers as they are read back: Float64Array on a float64 backend. */
export type Floats = Float32Array | Float64Array;
