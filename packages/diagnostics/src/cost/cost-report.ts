import { type Distribution, type Summary, summary } from "@flows/core";
import { costWarnings } from "./cost-warnings.js";
import { countedByRow, type RowCounts } from "./counted.js";
import { type Examples, examplesOf } from "./examples.js";
import { networkPasses, networksIn } from "./network-passes.js";
import { trainingCost } from "./training-cost.js";
import type { WayCost } from "./way-cost.js";

/** What a model costs, counted and not measured. Bytes are those of float32. */
export interface CostReport {
  readonly parameters: number;
  /** Of parameters and state. */
  readonly bytes: number;
  readonly networks: number;
  readonly scoring: WayCost;
  readonly sampling: WayCost;
  /** A row of a training step, forward and backward; null where nothing is trained. */
  readonly training: RowCounts | null;
  /** What is dear, with what to do. */
  readonly warnings: readonly string[];
}

/**
 * What a model costs a row, each way: exact counts of what its composites compute, whatever layers it is made of.
 *
 * Matrix products and convolutions count two operations a product; everything else one for each number, exp and tanh too. What a call costs whatever its rows are,
 * such as multiplying factors of a matrix, is left out. Kernels compute the same numbers and may save some of it, such as masked zeros.
 * Throws FlowsError where the model was disposed or no backend is ready.
 * Of K couplings over d features with networks of h hidden units the textbook's model counts the two products alone, 2 K (d h + h²) a row.
 *
 * @example
 * const { scoring, sampling, warnings } = await costReport(model);
 */
export async function costReport(model: Distribution): Promise<CostReport> {
  const about = summary(model);
  const examples = examplesOf(model);
  try {
    const scoring = await scoringCost(model, about, examples);
    const sampling = await samplingCost(model, about, examples);
    const networks = networksIn(model).length;
    return {
      parameters: about.parameters,
      bytes: 4 * (about.parameters + about.state),
      networks,
      scoring,
      sampling,
      training: about.parameters > 0 ? await trainingCost(model, examples) : null,
      warnings: costWarnings({ networks, scoring, sampling }),
    };
  } finally {
    examples.dispose();
  }
}

async function scoringCost(model: Distribution, { layers }: Summary, examples: Examples): Promise<WayCost> {
  const { flops, bytes } = await countedByRow((n) => model.logProb(examples.data(n), examples.call(n)));
  const passes = await networkPasses(model, "inverse", examples);
  return { flops, bytes, networkPasses: passes, solved: layers.filter(({ analytic }) => analytic === "forward").length };
}

async function samplingCost(model: Distribution, { layers }: Summary, examples: Examples): Promise<WayCost> {
  const { flops, bytes } = await countedByRow((n) => model.sample(n, { seed: 0, ...examples.call(n) }));
  const passes = await networkPasses(model, "forward", examples);
  return { flops, bytes, networkPasses: passes, solved: layers.filter(({ analytic }) => analytic === "inverse").length };
}
