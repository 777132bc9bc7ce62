import type { Module, View } from "../contracts/index.js";
import { fail } from "../errors.js";
import { walk } from "../modules/inside.js";
import { type Leaf, leaves } from "../modules/leaves.js";

export interface Thawed {
  /** The parameters to train. */
  readonly trained: readonly Leaf[];
  /** True for numbers that a step must not write. */
  readonly frozen: (view: View) => boolean;
}

const below = (path: string, prefix: string): boolean => path === prefix || path.startsWith(`${prefix}.`);

/** Splits a module's numbers by path prefixes; a prefix that names nothing is an error. */
export function thawed(module: Module, prefixes: readonly string[]): Thawed {
  const all = leaves(module);
  for (const prefix of prefixes)
    if (!all.some(({ path }) => below(path, prefix)))
      fail("config", "fit", `freeze names ${prefix}, but no numbers lie there. Paths: ${pathsOf(module).join(", ")}.`);
  const still = all.filter(({ path }) => prefixes.some((prefix) => below(path, prefix)));
  return {
    trained: all.filter((leaf) => leaf.kind === "param" && !still.includes(leaf)),
    frozen: ({ buffer, offset }) => still.some((leaf) => leaf.buffer === buffer && leaf.offset === offset),
  };
}

const pathsOf = (module: Module): string[] => [...walk(module)].map(([path]) => path).filter((path) => path !== "");
