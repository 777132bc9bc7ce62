import { freeParameters } from "./covariance.js";
import { type Climbed, climb, type Stopping } from "./em.js";
import type { Kind } from "./maximisation.js";
import type { Mixture } from "./mixture.js";
import type { Tiles } from "./tiles.js";

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
  /** Where each start came to: mean log-densities of the rows, in nats. */
  readonly starts: readonly number[];
}

/** How a mixture is looked for. */
export interface Search extends Stopping {
  readonly kind: Kind;
  /** The mixtures to start from, one for each attempt. */
  readonly starts: readonly (() => Mixture)[];
}

/** Climbs from every start and keeps the highest. */
export async function candidate(where: string, rows: Tiles, { kind, starts, ...stopping }: Search): Promise<Fitted> {
  const climbs: Climbed[] = [];
  for (const start of starts) climbs.push(await climb(where, rows, start(), kind, stopping));
  const best = climbs.reduce((a, b) => (b.logLikelihood > a.logLikelihood ? b : a));
  const { k: components, d } = best.mixture;
  const parameters = freeParameters(kind.covariance, components, d);
  const twice = -2 * rows.n * best.logLikelihood;
  return {
    components,
    logLikelihood: best.logLikelihood,
    parameters,
    bic: twice + parameters * Math.log(rows.n),
    aic: twice + 2 * parameters,
    best,
    starts: climbs.map(({ logLikelihood }) => logLikelihood),
  };
}
