import { defineDistribution, integers, normals, state, tensorOf, wholeNumber } from "@flows/core/author";
import { add, constant, filled, gather, indices, mul, reshape } from "@flows/core/ops";
import { colour } from "../gaussian/colour.js";
import { mixtureRows } from "../gaussian/mixture-rows.js";
import { gaussianState } from "../gaussian/specs.js";
import { choose } from "../mixture/choose.js";

export interface KdeConfig {
  readonly features: number;
  /** How many rows carry a kernel. */
  readonly rows: number;
  /** Whether the rows weigh differently. Default false. */
  readonly weighted?: boolean;
}

/**
 * A kernel density estimate: log p(x) = log sum_i w_i N(x; row_i, H), the same Gaussian kernel on every row, weights normalised.
 *
 * Its numbers are state: `rows` [rows, features], `weights` [rows] where it is weighted, and the kernel as a chain of regressions
 * (`deviations`, `slopes`): without slopes the deviations are the bandwidths of the features. Nothing is trained; `fitKde` fills it.
 * A density costs rows x features multiply-adds a point; rows that lie near each other in `rows` keep float32 exact at small bandwidths.
 * A sample is a row plus kernel noise, which the temperature scales. Shapes: x [batch, features].
 * Source: Silverman (1986), Density Estimation for Statistics and Data Analysis, eq. 4.1.
 *
 * @example
 * const { distribution } = await fitKde(rows);
 */
export const kde = defineDistribution(
  { type: "flows/kde", options: ["features", "rows", "weighted"] },
  ({ features, rows, weighted = false }: KdeConfig) => {
    wholeNumber("flows/kde", "features", features);
    wholeNumber("flows/kde", "rows", rows);
    const attrs = { components: rows, tied: true };
    return {
      eventShape: [features],
      reparameterized: false,
      state: {
        rows: state([rows, features]),
        ...gaussianState([], features),
        ...(weighted && { weights: state([rows], 1, "positive") }),
      },
      constants: weighted ? {} : { equal: () => filled([rows], 1) },
      logProb: (x, p) => mixtureRows([x], [p.weights ?? p.equal!, p.rows, p.deviations, p.slopes], attrs)[0],
      lower: (program, x, p) => void mixtureRows.emit(program, [x], [p.weights ?? p.equal!, p.rows, p.deviations, p.slopes], attrs),
      sample: (n, { seed, first = 0, temperature = 1 }, p) => {
        const chosen = p.weights ? choose(p.weights, seed, first, n) : indices([...integers(seed, first, n, rows)]);
        const noise = mul(tensorOf(normals(seed, first, n, features), [n, features]), constant(temperature));
        const kernel = colour(noise, reshape(p.deviations, [1, features]), reshape(p.slopes, [1, features, features]));
        return [add(gather(p.rows, chosen, 0), kernel), undefined];
      },
    };
  },
);
