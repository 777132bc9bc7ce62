import { readFileSync } from "node:fs";
import type { Told } from "../workload.js";
import { type RealNvpSpec, sizesOf } from "./spec.js";

/** A dense layer: weight [in, out] and bias [out]. */
export interface Dense {
  readonly weight: Float32Array;
  readonly bias: Float32Array;
  readonly shape: readonly [number, number];
}

/** The numbers of an input. */
export function floatsOf({ files }: Told, name: string): Float32Array {
  const bytes = readFileSync(files[name]!);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

/** The initial networks: [coupling from the data][network][layer]. */
export function networksOf(told: Told<RealNvpSpec>): Dense[][][] {
  const { spec } = told;
  const flat = floatsOf(told, "weights");
  const sizes = sizesOf(spec);
  let at = 0;
  const take = (size: number): Float32Array => flat.subarray(at, (at += size));
  const network = (): Dense[] =>
    sizes.slice(1).map((width, i) => ({ weight: take(sizes[i]! * width), bias: take(width), shape: [sizes[i]!, width] }));
  return Array.from({ length: spec.layers }, () => Array.from({ length: spec.networks }, network));
}
