import { type Leaf, leaves, type Module } from "@flows/core";
import { type Call, dropUpdates, normals, tensorOf, type Updates, type View } from "@flows/core/author";
import { add, mul, sum } from "@flows/core/ops";
import {
  keep,
  type NamedTensorMap,
  reshape,
  type Scalar,
  slice,
  type Tensor,
  type Tensor1D,
  tidy,
  type Variable,
  variable,
  variableGrads,
  zerosLike,
} from "@tensorflow/tfjs-core";
import type { Result } from "../close.js";
import { type Batch, tensorsOf } from "./batch.js";
import { read } from "./read.js";
import type { Way } from "./way.js";

export interface Mode {
  readonly training?: boolean;
  /** Wraps the evaluation, for example in `withReference`. */
  readonly run?: <T>(f: () => T) => T;
}

/** A scalar that every output moves: random weights, one for each number. */
export function mixed(outputs: Readonly<Record<string, Tensor>>): Scalar {
  const parts = Object.values(outputs).map((output, i) =>
    sum(mul(output, tensorOf(normals(9 + i, 0, output.shape[0]!, output.size / output.shape[0]!), output.shape))),
  );
  return parts.reduce(add) as Scalar;
}

const tracked = (tensor: Tensor): Variable => {
  const made = tidy(() => variable(tensor));
  tensor.dispose();
  return made;
};
const pathOf = (all: readonly Leaf[], view: { buffer: unknown; offset: number }): string =>
  all.find(({ buffer, offset }) => buffer === view.buffer && offset === view.offset)!.path;

/** A view in the update of its whole buffer. */
const partOf = ({ offset, size, spec }: View, whole: Tensor): Tensor => reshape(slice(whole as Tensor1D, offset, size), [...spec.shape]);

/**
 * Outputs, new state, and the gradients of rows, context and every named view, as plain numbers:
 * "value", "logDet", "d rows", "d context", "d logScale", "new mean".
 */
export async function measure<M extends Module>(module: M, way: Way<M>, batch: Batch, { training, run }: Mode = {}): Promise<Result> {
  const inputs = tensorsOf(batch);
  const rows = tracked(inputs.rows);
  const context = inputs.call.context && tracked(inputs.call.context);
  const updates: Updates = new Map();
  try {
    return await read(tidy(() => everything(module, way, rows, { context, training, updates }, run ?? ((f) => f()))));
  } finally {
    dropUpdates(updates);
    rows.dispose();
    context?.dispose();
  }
}

function everything<M extends Module>(module: M, way: Way<M>, rows: Variable, call: Call, run: <T>(f: () => T) => T): NamedTensorMap {
  const all = leaves(module);
  const params = all.filter(({ kind }) => kind === "param");
  const inputs = { rows, ...(call.context && { context: call.context as Variable }) };
  const kept: Record<string, Tensor> = {};
  const { grads } = variableGrads(() => {
    const outputs = run(() => way.run(module, rows, call));
    for (const [key, output] of Object.entries(outputs)) kept[key] = keep(output.clone());
    return mixed(outputs);
  }, [...new Set([...Object.values(inputs), ...params.map(({ buffer }) => buffer)])]);
  const gradientOf = (source: Variable): Tensor => grads[source.name] ?? zerosLike(source);
  for (const [name, source] of Object.entries(inputs)) kept[`d ${name}`] = gradientOf(source);
  for (const leaf of params) kept[`d ${leaf.path}`] = leaf.within(gradientOf(leaf.buffer));
  for (const [view, value] of call.updates ?? [])
    for (const part of view.parts ?? [view]) kept[`new ${pathOf(all, part)}`] = view.parts ? partOf(part, value) : value.clone();
  return kept;
}
