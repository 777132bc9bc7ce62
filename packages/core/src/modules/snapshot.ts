import type { Tensor, Variable } from "@tensorflow/tfjs-core";
import type { Module } from "../contracts/index.js";
import { leaves } from "./leaves.js";

/** All numbers of a module at one moment, on the device. */
export interface Snapshot {
  readonly of: ReadonlyMap<Variable, Tensor>;
  restore(): void;
  dispose(): void;
}

/** Clones share memory until the original is assigned to, so this costs nothing. Outside of any tidy. */
export function snapshot(module: Module, value: (buffer: Variable) => Tensor = (buffer) => buffer.clone()): Snapshot {
  const of = new Map([...new Set(leaves(module).map(({ buffer }) => buffer))].map((buffer) => [buffer, value(buffer)]));
  return {
    of,
    restore: () => {
      for (const [buffer, tensor] of of) buffer.assign(tensor);
    },
    dispose: () => {
      for (const tensor of of.values()) tensor.dispose();
    },
  };
}
