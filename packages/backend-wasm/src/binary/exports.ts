import type { MapName, PairName } from "../generated/kernels.js";

type Map = (x: number, y: number, n: number) => void;
type Pair = (rows: number, columns: number, a: number, aStep: number, b: number, bStep: number, spread: number, y: number) => void;

/**
 * What the wasm module exports beside what command buffers call by number: addresses in bytes, sizes in floats unless they say bytes.
 * The sources are in assembly/.
 */
export interface Exports extends Readonly<Record<MapName, Map>>, Readonly<Record<PairName, Pair>> {
  leakyRelu(x: number, y: number, n: number, slope: number): void;
  step(x: number, y: number, n: number, below: number): void;
  clip(x: number, y: number, n: number, low: number, high: number): void;
  gemm(kind: number, m: number, n: number, k: number, a: number, b: number, c: number, mode: number, bias: number, scratch: number): void;
  gemmScratchBytes(): number;
  sumRows(x: number, y: number, rows: number, columns: number, scale: number): void;
  sumColumns(x: number, y: number, rows: number, columns: number, scale: number, add: number): void;
  transpose(x: number, y: number, rows: number, columns: number): void;
  copyRows(from: number, to: number, rows: number, bytes: number, fromStride: number, toStride: number): void;
  fillZero(p: number, bytes: number): void;
  /** Rows from..to of y [rows, width], row 0 being the stream's row first; 64-bit numbers in two words, low one first. */
  normals(
    y: number,
    seedLow: number,
    seedHigh: number,
    firstLow: number,
    firstHigh: number,
    stream: number,
    width: number,
    from: number,
    to: number,
  ): void;
}
