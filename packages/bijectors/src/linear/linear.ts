import { defineBijector, fail, finiteList, tensorOf } from "@flows/core/author";
import { add, constant, matMul, sub } from "@flows/core/ops";
import { type InvertedMatrix, invertMatrix } from "./invert-matrix.js";

export interface LinearConfig {
  /** A, row by row: square and not singular. */
  readonly matrix: readonly (readonly number[])[];
  /** b. Default zeros. */
  readonly bias?: readonly number[];
}

function inverted(matrix: LinearConfig["matrix"]): InvertedMatrix {
  for (const row of matrix) finiteList("flows/linear", "a row of the matrix", row, matrix.length);
  if (matrix.length === 0) fail("config", "flows/linear", "matrix must have at least one row, got [].");
  return invertMatrix(matrix) ?? fail("config", "flows/linear", "matrix is singular, so the map has no inverse.");
}

/**
 * A fixed affine map x = A z + b, log-det log|det A|. The inverse matrix and the determinant are computed once, in float64.
 *
 * Shapes: z and x [batch, n]. For a trained matrix see `lu`.
 * Source: Papamakarios et al. (2021), Normalizing Flows for Probabilistic Modeling and Inference, section 3.1.4. https://arxiv.org/abs/1912.02762
 *
 * @example
 * linear({ matrix: [[1, 0.6], [0, 1]], bias: [0, 1] })
 */
export const linear = defineBijector("flows/linear", ({ matrix, bias = matrix.map(() => 0) }: LinearConfig) => {
  const n = matrix.length;
  const { inverse, logDet } = inverted(matrix);
  finiteList("flows/linear", "bias", bias, n);
  return {
    event: [n],
    constants: {
      matrix: () => tensorOf(Float64Array.from(matrix.flat()), [n, n]),
      inverse: () => tensorOf(inverse, [n, n]),
      bias: () => tensorOf(Float64Array.from(bias), [n]),
    },
    forward: (z, p) => [add(matMul(z, p.matrix, false, true), p.bias), constant(logDet)],
    inverse: (x, p) => [matMul(sub(x, p.bias), p.inverse, false, true), constant(-logDet)],
  };
});
