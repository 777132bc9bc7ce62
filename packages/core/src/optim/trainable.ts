import type { Module, View } from "../contracts/index.js";
import { fail } from "../errors.js";
import { walk } from "../modules/inside.js";
import { type Leaf, leaves } from "../modules/leaves.js";

export interface Trainable {
  /** The parameters to train. */
  readonly trained: readonly Leaf[];
  /** True for numbers that a step must not write. */
  readonly frozen: (view: View) => boolean;
}

const below = (path: string, prefix: string): boolean => path === prefix || path.startsWith(`${prefix}.`);

/** What is left to train of a module where all below some paths is frozen; a path that names nothing is an error. */
export function trainable(where: string, module: Module, freeze: readonly string[]): Trainable {
  const all = leaves(module);
  for (const prefix of freeze)
    if (!all.some(({ path }) => below(path, prefix)))
      fail("config", where, `freeze names ${prefix}, but no numbers lie there. Paths: ${pathsOf(module).join(", ")}.`);
  const still = all.filter(({ path }) => freeze.some((prefix) => below(path, prefix)));
  return {
    trained: all.filter((leaf) => leaf.kind === "param" && !still.includes(leaf)),
    frozen: ({ buffer, offset }) => still.some((leaf) => leaf.buffer === buffer && leaf.offset === offset),
  };
}

const pathsOf = (module: Module): string[] => [...walk(module)].map(([path]) => path).filter((path) => path !== "");
