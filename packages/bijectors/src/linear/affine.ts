import { affineSpec, bias, byRowOp, defineBijector, defineRowOp, scale, tensorOf, wholeNumber } from "@flows/core/author";
import { add, exp, mul, neg, sub, sum, zeros } from "@flows/core/ops";

/** x = sign z exp(logScale) + shift on rows [batch, features]; params shift, logScale [features]. */
export const affineRows = defineRowOp(affineSpec, ([x], [shift, logScale], { direction, signs }) => {
  const forward = direction === "forward";
  const gain = exp(forward ? logScale! : neg(logScale!));
  const factor = signs ? mul(tensorOf(Float64Array.from(signs), [signs.length]), gain) : gain;
  const value = forward ? add(mul(x!, factor), shift!) : mul(sub(x!, shift!), factor);
  return [value, add(zeros([x!.shape[0]!]), forward ? sum(logScale!) : neg(sum(logScale!)))];
});

/**
 * A trained shift and scale of every feature, started at the identity: x = z exp(logScale) + shift, log-det sum(logScale).
 *
 * Shapes: z and x [batch, features].
 * Source: Papamakarios et al. (2021), Normalizing Flows for Probabilistic Modeling and Inference, section 3.1.2. https://arxiv.org/abs/1912.02762
 *
 * @example
 * affine({ features: 2 })
 */
export const affine = defineBijector({ type: "flows/affine", options: ["features"] }, ({ features }: { readonly features: number }) => {
  wholeNumber("flows/affine", "features", features);
  return {
    event: [features],
    params: { shift: bias([features]), logScale: scale([features]) },
    ...byRowOp(affineRows, ["shift", "logScale"], (direction) => ({ direction })),
  };
});
