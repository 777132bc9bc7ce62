import { bias, defineBijector, finiteNumber } from "@flows/core/author";
import { add, columns, concat, constant, mul, neg, type Tensor } from "@flows/core/ops";
import { givenOrTrained } from "./given.js";

export interface ShearConfig {
  /** How far the first feature moves for each unit of the second. Fixed where given, else trained from 0. */
  readonly amount?: number;
}

function sheared(rows: Tensor, amount: Tensor): Tensor {
  const [first, second] = [columns(rows, 0, 1), columns(rows, 1, 1)];
  return concat([add(first, mul(amount, second)), second], 1);
}

/**
 * A shear of the plane: x = (z1 + amount z2, z2), log-det 0.
 *
 * Shapes: z and x [batch, 2]. For more features see `lu`.
 *
 * @example
 * shear({ amount: 0.6 })
 */
export const shear = defineBijector("flows/shear", ({ amount }: ShearConfig) => {
  if (amount !== undefined) finiteNumber("flows/shear", "amount", amount);
  return {
    event: [2],
    ...givenOrTrained("amount", amount, bias([1])),
    forward: (z, p) => [sheared(z, p.amount), constant(0)],
    inverse: (x, p) => [sheared(x, neg(p.amount)), constant(0)],
  };
});
