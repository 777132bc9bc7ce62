import { bias, byRowOp, defineBijector, finiteNumber } from "@flows/core/author";
import { zeros } from "@flows/core/ops";
import { givenOrTrained } from "./given.js";
import { luRows } from "./lu.js";

export interface ShearConfig {
  /** How far the first feature moves for each unit of the second. Fixed where given, else trained from 0. */
  readonly amount?: number;
}

/**
 * A shear of the plane: x = (z1 + amount z2, z2), log-det 0.
 *
 * Shapes: z and x [batch, 2]. For more features see `lu`.
 *
 * @example
 * shear({ amount: 0.6 })
 */
export const shear = defineBijector({ type: "flows/shear", options: ["amount"] }, ({ amount }: ShearConfig) => {
  if (amount !== undefined) finiteNumber("flows/shear", "amount", amount);
  return {
    event: [2],
    ...givenOrTrained("amount", amount, bias([1]), { zero: () => zeros([1]), zeros: () => zeros([2]) }),
    // Of L (U + diag s), only U is not the identity's.
    ...byRowOp(luRows, ["zero", "amount", "zeros", "zeros"], (direction) => ({ direction, order: [0, 1], signs: [1, 1] })),
  };
});
