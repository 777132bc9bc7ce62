import { bias, defineDistribution, normals, scale, tensorOf, uniforms } from "@flows/core/author";
import { add, constant, exp, gather, indices, logSumExp, mul, neg, square, stack, sub, sum, unstack } from "@flows/core/ops";

const log2Pi = Math.log(2 * Math.PI);

/**
 * An even mixture of normals whose places and widths are learned: log p(z) = log mean_k N(z; mean_k, diag exp(2 logScale_k)).
 *
 * Shapes: z [batch, 2]. Its numbers are trained with the flow above it.
 */
export const mixture = defineDistribution(
  { type: "experiments/mixture", options: ["components"] },
  ({ components }: { readonly components: number }) => ({
    eventShape: [2],
    reparameterized: false,
    params: { means: bias([components, 2], { deviation: 1 }), logScales: scale([components, 2]) },
    logProb: (z, p) => {
      const [means, logScales] = [unstack(p.means, 0), unstack(p.logScales, 0)];
      const logs = means.map((mean, k) => {
        const away = mul(sub(z, mean), exp(neg(logScales[k]!)));
        return sub(mul(constant(-0.5), sum(square(away), -1)), add(sum(logScales[k]!), constant(log2Pi)));
      });
      return sub(logSumExp(stack(logs, 1), -1), constant(Math.log(components)));
    },
    sample: (n, { seed, first = 0 }, p) => {
      const chosen = indices(Array.from(uniforms(seed, first, n, 1, "choice"), (u) => Math.floor(u * components)));
      const noise = tensorOf(normals(seed, first, n, 2), [n, 2]);
      return [add(gather(p.means, chosen, 0), mul(noise, exp(gather(p.logScales, chosen, 0)))), undefined];
    },
  }),
);
