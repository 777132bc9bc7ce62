import { bias, byRowOp, defineBijector, defineRowOp, finiteNumber, rotationSpec } from "@flows/core/author";
import { concat, cos, matMul, neg, reshape, sin, type Tensor, zeros } from "@flows/core/ops";
import { givenOrTrained } from "./given.js";

export interface RotationConfig {
  /** Radians, counter-clockwise. Fixed where given, else trained from 0. */
  readonly angle?: number;
}

/** [[cos, sin], [-sin, cos]]: rows times this are turned by the angle. */
function turn(angle: Tensor): Tensor {
  const [c, s] = [cos(angle), sin(angle)];
  return reshape(concat([c, s, neg(s), c], 0), [2, 2]);
}

/** Rows [batch, 2] turned by an angle [1], or back. */
export const rotationRows = defineRowOp(rotationSpec, ([x], [angle], { direction }) => [
  matMul(x!, turn(direction === "forward" ? angle! : neg(angle!))),
  zeros([x!.shape[0]!]),
]);

/**
 * A rotation of the plane: x = (cos a z1 - sin a z2, sin a z1 + cos a z2), log-det 0.
 *
 * Shapes: z and x [batch, 2]. For more features see `householder`.
 *
 * @example
 * rotation({ angle: Math.PI / 4 })
 */
export const rotation = defineBijector({ type: "flows/rotation", options: ["angle"] }, ({ angle }: RotationConfig) => {
  if (angle !== undefined) finiteNumber("flows/rotation", "angle", angle);
  return {
    event: [2],
    ...givenOrTrained("angle", angle, bias([1])),
    ...byRowOp(rotationRows, ["angle"], (direction) => ({ direction })),
  };
});
