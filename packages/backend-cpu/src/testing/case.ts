import type { Step } from "@flows/core/author";

/** A step of a kernel, and what it should compute of one row: written registers, and the log-det. */
export interface Case {
  readonly name: string;
  readonly step: Step;
  readonly range?: readonly [low: number, high: number];
  readonly row: (reads: readonly number[][], params: readonly number[][]) => { readonly writes: number[][]; readonly logDet?: number };
}

export const total = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
export const log1pExp = (x: number): number => Math.log(1 + Math.exp(x));
export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
export const directions = ["forward", "inverse"] as const;

/** A function of one number, and its slope. */
export type Pair = readonly [f: (x: number) => number, slope: (x: number) => number];
