import { breathe, checkSignal } from "@flows/core/author";
import { whitened } from "../gaussian/whitened.js";
import type { Kernel } from "./bandwidth.js";
import { leaveOneOut } from "./leave-one-out.js";
import { gridAround, scott } from "./rules.js";
import type { Weighted } from "./weights.js";

/** The mean leave-one-out log-density at each factor tried, in nats. */
export interface CrossValidation {
  readonly factors: readonly number[];
  readonly logLikelihoods: readonly number[];
}

/** Tries the grid of factors around Scott's. */
export async function crossValidated(
  where: string,
  { rows, weights, effective }: Weighted,
  { mean, reference }: Kernel,
  signal: AbortSignal | undefined,
): Promise<CrossValidation> {
  const factors = gridAround(scott(effective, rows.features));
  const units = reference.deviations.reduce((sum, s) => sum + Math.log(s), 0);
  const run = leaveOneOut({ rows: whitened(rows, mean, reference), weights, factors });
  for (let turn = run.next(); ; turn = run.next()) {
    if (turn.done) return { factors, logLikelihoods: turn.value.map((value) => value - units) };
    checkSignal(where, signal);
    await breathe();
  }
}

const bestAt = ({ logLikelihoods }: CrossValidation): number => logLikelihoods.indexOf(Math.max(...logLikelihoods));

export const bestFactor = (found: CrossValidation): number => found.factors[bestAt(found)]!;

/** The best factor at an end of the grid is no optimum; why depends on whether rows repeat. */
export function edgeWarnings(found: CrossValidation, { rows: { data, n, features: d } }: Weighted): string[] {
  const best = bestAt(found);
  if (best > 0 && best < found.factors.length - 1) return [];
  if (best > 0)
    return ['the widest bandwidth tried was the best: the rows have no more structure than that. Use "silverman", or a Gaussian.'];
  const repeats = n - new Set(Array.from({ length: n }, (_, i) => data.subarray(i * d, (i + 1) * d).join())).size;
  const why = repeats
    ? `${repeats} of ${n} rows repeat, and kernels on repeated rows can be as narrow as they like. Add noise of the columns' resolution, or use "silverman".`
    : "the rows lie in clusters far narrower than the columns' spreads. Give a bandwidth, or leave the outliers out.";
  return [`the narrowest bandwidth tried was the best: ${why}`];
}
