import { type Floats, leaves, type Module } from "@flows/core";
import type { HeldOut } from "./held-out.js";

/** Looks at a module now and then and remembers its best numbers. */
export interface Keeper {
  look(step: number): Promise<void>;
  /** Gives the module its best numbers back, and says when it had them and how good they were. */
  restore(): HeldOut & { readonly bestStep: number };
}

/** A keeper of the numbers with the least loss. */
export function keeper(module: Module, judge: () => Promise<HeldOut>): Keeper {
  let best: { readonly found: HeldOut; readonly step: number; readonly values: readonly Floats[] } | undefined;
  return {
    look: async (step) => {
      const found = await judge();
      if (best && !(found.loss < best.found.loss)) return;
      best = { found, step, values: await Promise.all(leaves(module).map((leaf) => leaf.read())) };
    },
    restore: () => {
      const { found, step, values } = best!;
      for (const [i, leaf] of leaves(module).entries()) leaf.write(values[i]!);
      return { ...found, bestStep: step };
    },
  };
}
