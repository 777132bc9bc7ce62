import type { Tensor } from "@tensorflow/tfjs-core";

/** Random numbers that a map asks for while it is evaluated: how many for each row, of which kind, and what for. */
export interface Draw {
  readonly width: number;
  /** Standard normals, or uniforms in (0, 1). */
  readonly kind: "normal" | "uniform";
  readonly stream: "dequantise" | "trace";
}

/**
 * Where an evaluation's random numbers come from. What is asked for first, second, ... is drawn apart; a number depends on the seed, on
 * its turn, its row and its column alone: the same for layers, programs, chunks and backends.
 */
export interface Draws {
  /** [rows, width] */
  take(rows: number, draw: Draw): Tensor;
}
