import { type Leaf, leaves, type Module } from "@flows/core";
import { hashPath, normals } from "@flows/core/author";

/** How far a number is moved: weights by their fan-in, so that deep networks keep their scale. */
const spreadOf = ({ spec }: Leaf): number => (spec.role === "weight" ? 0.7 / Math.sqrt(spec.shape[0] ?? 1) : 0.3);

/**
 * Moves every number off its start, each view by its path and role: a law that holds only at the identity is no law.
 * Positive numbers stay positive, fixed ones stay; the same seed gives the same numbers, exact in float32, on every backend.
 */
export async function shake(module: Module, seed = 7): Promise<void> {
  for (const leaf of leaves(module)) {
    if (leaf.spec.range === "fixed") continue;
    const noise = normals(seed, hashPath(leaf.path), 1, leaf.size, "init");
    const spread = spreadOf(leaf);
    const moved = Float64Array.from(await leaf.read(), (value, i) =>
      Math.fround(leaf.spec.range === "positive" ? value * Math.exp(spread * noise[i]!) : value + spread * noise[i]!),
    );
    leaf.write(moved);
  }
}

/** Gives a module the numbers of another one of the same structure. */
export async function copyNumbers(from: Module, to: Module): Promise<void> {
  const targets = leaves(to);
  for (const [i, leaf] of leaves(from).entries()) targets[i]!.write(await leaf.read());
}
