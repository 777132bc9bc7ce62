import { isFlowsError } from "@flows/core";
import { fail } from "@flows/core/author";
import { type OutlierDetector, outlierDetector } from "@flows/diagnostics";
import type { TableModel } from "../model/model.js";

/**
 * Flags rows that are less likely than test rows ever were, but for a share `rate` of them: by the log-densities of test rows that the model keeps.
 * Its scores are -log p.
 *
 * Throws FlowsError: "data" (a model without test rows, or with too few for that rate), "config" (no rate between 0 and 1).
 *
 * @example
 * const flags = outlierDetectorOf(model, 0.01).flags((await model.score(rows)).map((logProb) => -logProb));
 */
export function outlierDetectorOf({ name, about }: Pick<TableModel, "name" | "about">, rate: number): OutlierDetector {
  const kept = about?.testLogProb ?? [];
  if (kept.length === 0)
    fail(
      "data",
      name,
      "it keeps no log-densities of test rows, so there is no measure of a rate. Fit it with test rows: test: 0.1, or --split 0.1,0.1.",
    );
  try {
    return outlierDetector(
      kept.map((logProb) => (logProb === null ? Number.POSITIVE_INFINITY : -logProb)),
      rate,
    );
  } catch (error) {
    if (!isFlowsError(error)) throw error;
    return fail(error.code, name, error.text, { cause: error, details: error.details });
  }
}
