import { byRowOp, defineBijector, defineRowOp, householderSpec, weight, wholeNumber } from "@flows/core/author";
import { constant, div, matMul, mul, reshape, square, sub, sum, type Tensor, unstack, zeros } from "@flows/core/ops";

export interface HouseholderConfig {
  readonly features: number;
  /** How many reflections; `features` of them reach every orthogonal matrix up to its sign. Default features. */
  readonly reflections?: number;
}

/** Mirrors rows in the plane across v: z - 2 (v . z) v / |v|^2. */
function mirrored(rows: Tensor, v: Tensor): Tensor {
  const shares = div(matMul(rows, reshape(v, [-1, 1])), sum(square(v)));
  return sub(rows, mul(mul(constant(2), shares), v));
}

/** x = H_k ... H_1 z on rows [batch, features], or z from x; param v [reflections, features]. */
export const householderRows = defineRowOp(householderSpec, ([x], [v], { direction }) => {
  const vectors = unstack(v!, 0);
  const value = direction === "forward" ? vectors.reduce(mirrored, x!) : vectors.reduceRight(mirrored, x!);
  return [value, zeros([x!.shape[0]!])];
});

/**
 * A product of reflections, x = H_k ... H_1 z with H = I - 2 v v^T / |v|^2: an orthogonal matrix, log-det 0. It starts random.
 *
 * Shapes: z and x [batch, features]; parameters v [reflections, features].
 * Source: Tomczak and Welling (2016), Improving Variational Auto-Encoders using Householder Flow, eq. 5-7. https://arxiv.org/abs/1611.09630
 *
 * @example
 * householder({ features: 3, reflections: 2 })
 */
export const householder = defineBijector(
  { type: "flows/householder", options: ["features", "reflections"] },
  ({ features, reflections = features }: HouseholderConfig) => {
    wholeNumber("flows/householder", "features", features);
    wholeNumber("flows/householder", "reflections", reflections);
    return {
      event: [features],
      params: { v: weight([reflections, features], { fanIn: features }) },
      ...byRowOp(householderRows, ["v"], (direction) => ({ direction })),
    };
  },
);
