import { fail, type Step } from "@flows/core";
import type { OwnRows } from "./kernel.js";

/** Codes of assembly/activation.ts. */
const activations: Readonly<Record<string, number>> = { relu: 1, leakyRelu: 2, elu: 3, tanh: 4, sigmoid: 5, softplus: 6 };

const activationOf = ({ attrs }: Step): number =>
  activations[attrs.activation as string] ??
  fail("config", "flows/mlp", `activation must be one of ${Object.keys(activations).join(", ")}, got ${attrs.activation}.`);

/** Numbers in a row of the widest hidden layer. */
const widest = ({ writes }: Step): number => Math.max(0, ...writes.slice(0, -1).map(({ width }) => width));

/** assembly/rows/mlp.ts: room for the matrix product's `productBytes`, and for the gradients of two hidden layers. */
export const mlpRows = (productBytes: number): OwnRows => ({
  op: "mlp",
  forward: "mlpRowsForward",
  backward: "mlpRowsBackward",
  settings: (step) => [activationOf(step), { float: (step.attrs.slope as number | undefined) ?? 0 }],
  scratch: (step, rows) => productBytes + 8 * rows * widest(step),
});
