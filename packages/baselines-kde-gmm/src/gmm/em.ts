import { breathe, checkSignal } from "@flows/core/author";
import { correlated } from "./covariance.js";
import type { EmRows } from "./em-rows.js";
import { type Kind, maximisation } from "./maximisation.js";
import type { Mixture } from "./mixture.js";

/** When to stop. */
export interface Stopping {
  readonly tolerance: number;
  readonly iterations: number;
  readonly signal: AbortSignal | undefined;
}

/** Where EM came to from one start. */
export interface Climbed {
  readonly mixture: Mixture;
  /** Mean log-density of the rows, in nats. */
  readonly logLikelihood: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** EM from a start until the mean log-density rises by less than the tolerance. Each iteration is one E- and one M-step. */
export async function climb(where: string, rows: EmRows, start: Mixture, kind: Kind, stopping: Stopping): Promise<Climbed> {
  const cross = correlated(kind.covariance);
  let [mixture, before, iterations, converged] = [start, Number.NEGATIVE_INFINITY, 0, false];
  while (!converged && iterations < stopping.iterations) {
    checkSignal(where, stopping.signal);
    const sums = await rows.expectation(mixture, cross);
    mixture = maximisation(where, sums, mixture.means, kind);
    converged = Math.abs(sums.logLikelihood - before) < stopping.tolerance;
    before = sums.logLikelihood;
    iterations += 1;
    await breathe();
  }
  const { logLikelihood } = await rows.expectation(mixture, cross);
  return { mixture, logLikelihood, iterations, converged };
}
