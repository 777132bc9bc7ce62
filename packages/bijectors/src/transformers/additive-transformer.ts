import { additiveTransformSpec, defineRowOp, defineTransformer } from "@flows/core/author";
import { add, sub, zeros } from "@flows/core/ops";

/** x = z + shift; reads z [batch, n] and the shift [batch, n]. */
export const additiveTransform = defineRowOp(additiveTransformSpec, ([x, shift], _params, { direction }) => [
  direction === "forward" ? add(x!, shift!) : sub(x!, shift!),
  zeros([x!.shape[0]!]),
]);

/**
 * Shift only: x = z + t, log-det 0 (volume preserving).
 *
 * Shapes: z [batch, n]; raw [batch, n].
 * Source: Dinh, Krueger and Bengio (2015), NICE: Non-linear Independent Components Estimation, section 3.2. https://arxiv.org/abs/1410.8516
 */
export const additiveTransformer = defineTransformer({ type: "flows/additive-transformer", options: [] }, (_config: {}) => ({
  paramCount: 1,
  forward: (z, raw) => additiveTransform([z, raw], [], { direction: "forward" }),
  inverse: (x, raw) => additiveTransform([x, raw], [], { direction: "inverse" }),
  lower: (program, x, raw, direction) => additiveTransform.emit(program, [x, raw], [], { direction })[0],
}));
