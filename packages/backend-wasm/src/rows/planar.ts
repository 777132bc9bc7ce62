import { fail, type Step } from "@flows/core";
import type { OwnRows } from "./kernel.js";

/** Codes of assembly/rows/planar.ts, and the reciprocal of the curve's greatest slope. */
const curves: Readonly<Record<string, readonly [code: number, least: number]>> = {
  tanh: [0, 1],
  sigmoid: [1, 4],
  arctan: [2, 1],
  softplus: [3, 1],
};

const curveOf = ({ attrs }: Step): readonly [code: number, least: number] =>
  curves[attrs.activation as string] ??
  fail("config", "flows/planar", `activation must be one of ${Object.keys(curves).join(", ")}, got ${String(attrs.activation)}.`);

/** assembly/rows/planar.ts: two sums over the rows in the scratch. */
export const planarRows: OwnRows = {
  op: "planar",
  forward: "planarForward",
  backward: "planarBackward",
  settings: (step) => {
    const [code, least] = curveOf(step);
    return [code, { float: least }, { float: Math.log(Math.expm1(least)) }];
  },
  scratch: () => 8,
};
