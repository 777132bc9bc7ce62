import { bias, defineBijector, scale } from "@flows/core/author";
import { warp } from "./warp.js";

/**
 * Skewed and heavy tails: x = sinh((asinh(z) + skew) exp(logTail)), feature by feature.
 *
 * Source: Jones and Pewsey (2009), Sinh-arcsinh distributions, eq. 2. https://doi.org/10.1093/biomet/asp053
 */
export const sinhArcsinh = defineBijector(
  { type: "acme/sinh-arcsinh", options: ["features"] },
  ({ features }: { readonly features: number }) => ({
    event: [features],
    params: { skew: bias([features]), logTail: scale([features]) },
    forward: (z, p) => warp([z], [p.skew, p.logTail], { direction: "forward" }),
    inverse: (x, p) => warp([x], [p.skew, p.logTail], { direction: "inverse" }),
    lower: (program, x, p, direction) => warp.emit(program, [x], [p.skew, p.logTail], { direction })[0],
  }),
);
