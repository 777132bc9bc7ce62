import { byRowOp, defineBijector, fail, finiteList, tensorOf } from "@flows/core/author";
import { type FixedFactors, factored } from "./fixed-factors.js";
import { luRows } from "./lu.js";

export interface LinearConfig {
  /** A, row by row: square and not singular. */
  readonly matrix: readonly (readonly number[])[];
  /** b. Default zeros. */
  readonly bias?: readonly number[];
}

function factorsOf(matrix: LinearConfig["matrix"]): FixedFactors {
  for (const row of matrix) finiteList("flows/linear", "a row of the matrix", row, matrix.length);
  if (matrix.length === 0) fail("config", "flows/linear", "matrix must have at least one row, got [].");
  return factored(matrix) ?? fail("config", "flows/linear", "matrix is singular, so the map has no inverse.");
}

/**
 * A fixed affine map x = A z + b, log-det log|det A|. A is factored once, in float64; the inverse substitutes.
 *
 * Shapes: z and x [batch, n]. For a trained matrix see `lu`.
 * Source: Papamakarios et al. (2021), Normalizing Flows for Probabilistic Modeling and Inference, section 3.1.4. https://arxiv.org/abs/1912.02762
 *
 * @example
 * linear({ matrix: [[1, 0.6], [0, 1]], bias: [0, 1] })
 */
export const linear = defineBijector(
  { type: "flows/linear", options: ["matrix", "bias"] },
  ({ matrix, bias = matrix.map(() => 0) }: LinearConfig) => {
    const n = matrix.length;
    const { order, signs, lower, upper, logScale } = factorsOf(matrix);
    finiteList("flows/linear", "bias", bias, n);
    return {
      event: [n],
      constants: {
        lower: () => tensorOf(lower, [lower.length]),
        upper: () => tensorOf(upper, [upper.length]),
        logScale: () => tensorOf(logScale, [n]),
        bias: () => tensorOf(Float64Array.from(bias), [n]),
      },
      ...byRowOp(luRows, ["lower", "upper", "logScale", "bias"], (direction) => ({ direction, order, signs })),
    };
  },
);
