import { type Covariance, fitGmm, fitKde, type GmmProgress } from "@flows/baselines-kde-gmm";
import { type Distribution, leaves, type Rows } from "@flows/core";

/** A model that was fitted by a method of its own. */
export interface OwnFitted {
  /** The caller's to dispose. */
  readonly flow: Distribution;
  /** Numbers that the model holds. */
  readonly parameters: number;
  /** What was chosen, and what to beware of. */
  readonly notes: readonly string[];
}

/** What a mixture can be told. */
export interface MixtureOptions {
  readonly components?: number | readonly number[] | undefined;
  readonly covariance?: Covariance | undefined;
  readonly floor?: number | undefined;
}

/** What such a fit is told. */
export interface OwnFitOptions extends MixtureOptions {
  /** Rows that were held back, in the units of the fit; none where it has no rows. */
  readonly validation: Rows;
  readonly seed?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onCandidate?: ((progress: GmmProgress) => void) | undefined;
}

/** Fits a model to rows in its own units. */
export type OwnFit = (rows: Rows, options: OwnFitOptions) => Promise<OwnFitted>;

/** The options that the models below take, by model. */
export const ownOptions: Readonly<Record<string, readonly (keyof MixtureOptions)[]>> = {
  kde: [],
  gmm: ["components", "covariance", "floor"],
};

/** The models that are not trained by steps. */
export const ownFits: Readonly<Record<string, OwnFit>> = {
  kde: async (rows, { signal }) => {
    const { distribution, bandwidth, warnings } = await fitKde(rows, { signal });
    const widths = bandwidth.map((h) => h.toPrecision(3)).join(", ");
    return {
      flow: distribution,
      parameters: numbersIn(distribution),
      notes: [`Bandwidth by cross-validation, in units of the fit: ${widths}. All training rows are kept.`, ...warnings],
    };
  },
  gmm: async (rows, { seed = 0, signal, validation, components, covariance, floor, onCandidate }) => {
    const told = {
      ...(components !== undefined && { components }),
      ...(covariance && { covariance }),
      ...(floor !== undefined && { floor }),
    };
    const held = validation.shape[0] > 0 && { validation };
    const fit = await fitGmm(rows, { ...told, ...held, seed, signal, ...(onCandidate && { onCandidate }) });
    return { flow: fit.distribution, parameters: numbersIn(fit.distribution), notes: [chosenOf(fit), ...fit.warnings] };
  },
};

const numbersIn = (flow: Distribution): number => leaves(flow).reduce((sum, { size }) => sum + size, 0);

/** "3 components by BIC, of up to 7." */
function chosenOf({ components, candidates }: Awaited<ReturnType<typeof fitGmm>>): string {
  const words = `${components} ${components === 1 ? "component" : "components"}`;
  if (candidates.length === 1) return `${words}.`;
  const best = candidates.reduce((a, b) => (b.bic < a.bic ? b : a)).components === components;
  return `${words} by ${best ? "BIC" : "the validation rows"}, of up to ${Math.max(...candidates.map((one) => one.components))}.`;
}
