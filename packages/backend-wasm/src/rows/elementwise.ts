import { fail, type Step } from "@flows/core";
import type { OwnRows } from "./kernel.js";

/** Codes of assembly/rows/elementwise.ts: a map's first is its curve from noise to data, the next one the way back. */
const maps: Readonly<Record<string, readonly [forward: number, inverse: number]>> = {
  exp: [0, 1],
  sigmoid: [2, 3],
  tanh: [4, 5],
  softplus: [6, 7],
  leakyRelu: [8, 8],
};

function curveOf({ attrs }: Step): number {
  const [forward, inverse] =
    maps[attrs.map as string] ??
    fail("config", "flows/elementwise", `map must be one of ${Object.keys(maps).join(", ")}, got ${String(attrs.map)}.`);
  return attrs.direction === "forward" ? forward : inverse;
}

/** Leaky ReLU's factor below 0: back it is the reciprocal. */
const factorOf = ({ attrs }: Step): number => (attrs.slope as number) ** (attrs.direction === "forward" ? 1 : -1);

/** assembly/rows/elementwise.ts */
export const elementwiseRows: OwnRows = {
  op: "elementwise",
  forward: "elementwiseForward",
  backward: "elementwiseBackward",
  settings: (step) => [curveOf(step), { float: factorOf(step) }, { float: Math.log(factorOf(step)) }],
};
