import type { Bijector } from "@flows/core";
import { defineBijector, fail, shuffled, wholeNumber } from "@flows/core/author";
import { columnsOf } from "../row-ops/cells.js";
import { move } from "../row-ops/move.js";

export interface PermutationConfig {
  /** Where each feature of x comes from in z: 0 .. features - 1, each once. */
  readonly order: readonly number[];
}

/** The order that undoes an order. */
export function orderUndone(where: string, order: readonly number[]): readonly number[] {
  const back = order.map((_, i) => order.indexOf(i));
  if (order.length === 0 || back.includes(-1)) fail("config", where, `order must hold each of 0 .. features - 1 once, got [${order}].`);
  return back;
}

/**
 * Reorders features: x[i] = z[order[i]]. Its matrix is orthogonal, log-det 0.
 *
 * Shapes: z and x [batch, order.length].
 * Source: Dinh, Sohl-Dickstein and Bengio (2017), Density Estimation Using Real NVP, section 3.5. https://arxiv.org/abs/1605.08803
 *
 * @example
 * permutation({ order: [1, 0] })
 */
export const permutation = defineBijector({ type: "flows/permutation", options: ["order"] }, ({ order }: PermutationConfig) => {
  const moves = { forward: columnsOf(order), inverse: columnsOf(orderUndone("flows/permutation", order)) };
  return {
    event: [order.length],
    forward: (z) => move([z], [], moves.forward),
    inverse: (x) => move([x], [], moves.inverse),
    lower: (program, x, _p, direction) => move.emit(program, [x], [], moves[direction])[0],
  };
});

/** The features in reverse order. */
export function reversal({ features }: { readonly features: number }): Bijector<PermutationConfig> {
  wholeNumber("flows/permutation", "features", features);
  return permutation({ order: Array.from({ length: features }, (_, i) => features - 1 - i) });
}

/** A permutation drawn once from a seed; the order is frozen into the config. */
export function randomPermutation({ features, seed }: { readonly features: number; readonly seed: number }): Bijector<PermutationConfig> {
  wholeNumber("flows/permutation", "features", features);
  return permutation({ order: Array.from(shuffled(features, seed)) });
}
