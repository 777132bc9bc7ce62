import { lu } from "@flows/bijectors";
import { type Distribution, flow, normal } from "@flows/core";
import { defineDistribution, tensorOf, uniforms } from "@flows/core/author";
import { add, constant, log, mul, square, sum } from "@flows/core/ops";
import { studentQuantile } from "./toys.js";

/** Independent Student variables with two degrees of freedom: log p(z) = -3/2 sum log(2 + z^2). Shapes: z [batch, features]. */
const student = defineDistribution(
  { type: "experiments/student", options: ["features"] },
  ({ features }: { readonly features: number }) => ({
    eventShape: [features],
    logProb: (z) => mul(constant(-1.5), sum(log(add(square(z), constant(2))), -1)),
    sample: (n, { seed, first = 0 }) => [
      tensorOf(uniforms(seed, first, n, features, "base").map(studentQuantile), [n, features]),
      undefined,
    ],
  }),
);

/** One linear layer over a Student base, and over a normal one. */
export const overStudent = (): Distribution => flow({ base: student({ features: 2 }), bijector: lu({ features: 2 }) });
export const overNormal = (): Distribution => flow({ base: normal({ features: 2 }), bijector: lu({ features: 2 }) });
