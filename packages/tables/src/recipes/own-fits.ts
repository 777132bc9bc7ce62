import { fitGmm, fitKde } from "@flows/baselines-kde-gmm";
import type { Distribution, Rows } from "@flows/core";

/** A model that was fitted by a method of its own. */
export interface OwnFitted {
  /** The caller's to dispose. */
  readonly flow: Distribution;
  /** Numbers that were fitted. */
  readonly parameters: number;
  /** What was chosen, and what to beware of. */
  readonly notes: readonly string[];
}

/** Fits a model to rows in its own units. */
export type OwnFit = (
  rows: Rows,
  options: { readonly seed?: number | undefined; readonly signal?: AbortSignal | undefined },
) => Promise<OwnFitted>;

/** The models that are not trained by steps. */
export const ownFits: Readonly<Record<string, OwnFit>> = {
  kde: async (rows, { signal }) => {
    const { distribution, bandwidth, warnings } = await fitKde(rows, { signal });
    const widths = bandwidth.map((h) => h.toPrecision(3)).join(", ");
    return {
      flow: distribution,
      parameters: 1,
      notes: [`Bandwidth by cross-validation, in units of the fit: ${widths}. All training rows are kept.`, ...warnings],
    };
  },
  gmm: async (rows, { seed = 0, signal }) => {
    const { distribution, components, candidates, parameters, warnings } = await fitGmm(rows, { seed, signal });
    const most = Math.max(...candidates.map((one) => one.components));
    return { flow: distribution, parameters, notes: [`${components} components by BIC, of up to ${most}.`, ...warnings] };
  },
};
