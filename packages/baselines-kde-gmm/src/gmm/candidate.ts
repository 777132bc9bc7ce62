import { freeParameters } from "./covariance.js";
import { type Climbed, climb, type Stopping } from "./em.js";
import type { EmRows } from "./em-rows.js";
import type { Kind } from "./maximisation.js";
import type { Mixture } from "./mixture.js";

/** A number of components and what came of it. */
export interface Candidate {
  readonly components: number;
  /** Mean log-density of the rows, in nats. */
  readonly logLikelihood: number;
  readonly parameters: number;
  /** -2 log-likelihood + parameters log n. Source: Schwarz (1978), Estimating the Dimension of a Model. */
  readonly bic: number;
  /** -2 log-likelihood + 2 parameters. Source: Akaike (1974), A New Look at the Statistical Model Identification. */
  readonly aic: number;
}

/** A candidate with its mixture. */
export interface Fitted extends Candidate {
  readonly best: Climbed;
  /** Where each start came to: mean log-densities of the rows that were searched on, in nats. */
  readonly starts: readonly number[];
}

/** How a mixture is looked for. */
export interface Search extends Stopping {
  readonly kind: Kind;
  /** The mixtures to start from, one for each attempt. */
  readonly starts: readonly (() => Mixture)[];
  /** Only the start that is highest after so many iterations climbs on; by default all do. */
  readonly trial?: number | undefined;
}

/** Climbs from every start and keeps the highest. */
export async function candidate(where: string, rows: EmRows, { kind, starts, trial, ...stopping }: Search): Promise<Fitted> {
  const climbs: Climbed[] = [];
  const first = trial === undefined || starts.length === 1 ? stopping : { ...stopping, iterations: Math.min(trial, stopping.iterations) };
  for (const start of starts) climbs.push(await climb(where, rows, start(), kind, first));
  const best = climbs.reduce((a, b) => (b.logLikelihood > a.logLikelihood ? b : a));
  const heights = climbs.map(({ logLikelihood }) => logLikelihood);
  if (best.converged || best.iterations === stopping.iterations) return fittedOf(best, kind, rows.n, heights);
  const further = await climb(where, rows, best.mixture, kind, { ...stopping, iterations: stopping.iterations - best.iterations });
  return fittedOf({ ...further, iterations: best.iterations + further.iterations }, kind, rows.n, heights);
}

/** A mixture as a candidate for n rows. */
export function fittedOf(best: Climbed, { covariance }: Kind, n: number, starts: readonly number[]): Fitted {
  const { k: components, d } = best.mixture;
  const { logLikelihood } = best;
  const parameters = freeParameters(covariance, components, d);
  const twice = -2 * n * logLikelihood;
  return { components, logLikelihood, parameters, bic: twice + parameters * Math.log(n), aic: twice + 2 * parameters, best, starts };
}
