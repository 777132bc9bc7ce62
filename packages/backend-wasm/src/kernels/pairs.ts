import type { TensorInfo } from "@tensorflow/tfjs-core";
import { type Device, isOurs } from "../device/device.js";
import type { PairName } from "../generated/kernels.js";
import { aligned, broadcast } from "./broadcast.js";
import type { Override } from "./override.js";

const names: Readonly<Record<string, PairName>> = {
  Add: "add",
  Maximum: "maximum",
  Minimum: "minimum",
  Multiply: "mul",
  RealDiv: "div",
  SquaredDifference: "squaredDifference",
  Sub: "sub",
};

const equal = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((n, i) => n === b[i]);

function paired({ backend, wasm }: Device, name: PairName, a: TensorInfo, b: TensorInfo): TensorInfo | undefined {
  const plan = equal(a.shape, b.shape) ? aligned(a.shape) : broadcast(a.shape, b.shape);
  if (!plan) return undefined;
  const y = backend.output(plan.shape);
  const spread = (plan.a.spread ? 1 : 0) | (plan.b.spread ? 2 : 0);
  wasm[name](plan.rows, plan.columns, backend.pointer(a), plan.a.step, backend.pointer(b), plan.b.step, spread, backend.pointer(y));
  return y;
}

/** y = f(a, b) with broadcasting that two dimensions can express; the rest is the CPU's. */
export const pairs: readonly Override[] = Object.entries(names).map(([kernelName, name]) => ({
  kernelName,
  inputNames: ["a", "b"],
  attempt: (device, [a, b]) => (isOurs(a!, b!) ? paired(device, name, a!, b!) : undefined),
}));
