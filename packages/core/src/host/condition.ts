import { tensorOf } from "../backend/tensor-of.js";
import type { Distribution } from "../contracts/index.js";
import { defineDistribution } from "../modules/define-distribution.js";
import { checkContext, checkFlow } from "./check.js";

/**
 * A flow seen at one context: p(x | row) as a distribution that wants no context itself.
 * It is a view: it owns nothing but the row, `dispose` leaves the flow alone, and it has no parameters to train or save.
 *
 * @example
 * const atThree = condition(model, [3]);
 * const samples = await draw(atThree, 100, { seed: 1 });
 * atThree.dispose();
 */
export function condition(flow: Distribution, row: ArrayLike<number>): Distribution {
  checkFlow("condition", flow);
  const numbers = Array.from(row);
  const context = checkContext("condition", flow, [numbers], 1);
  const view = defineDistribution({ type: "flows/conditioned", options: ["row"] }, (_config: { readonly row: readonly number[] }) => ({
    eventShape: flow.eventShape,
    contextFeatures: 0,
    reparameterized: flow.reparameterized,
    constants: { row: () => tensorOf(context!.data, [1, numbers.length]) },
    logProb: (x, p) => flow.logProb(x, { context: p.row }),
    sample: (n, options, p) => flow.sampleAndLogProb(n, { ...options, context: p.row }),
  }));
  return view({ row: numbers });
}
