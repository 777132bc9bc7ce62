import { leaves, type Module } from "@flows/core";
import type { Floats } from "@flows/core/author";

/** Gives a module's named numbers their values. */
export function write(module: Module, values: Readonly<Record<string, Floats>>): void {
  for (const leaf of leaves(module)) leaf.write(values[leaf.path]!);
}
