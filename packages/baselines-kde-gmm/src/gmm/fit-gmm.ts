import type { Distribution, RowsLike } from "@flows/core";
import { momentsOf, variancesOf } from "../gaussian/moments.js";
import { type Matrix, matrixOf, roundingIn } from "../matrix.js";
import { write } from "../write.js";
import type { Candidate, Fitted } from "./candidate.js";
import { type GmmConfig, gmm } from "./gmm.js";
import type { Mixture } from "./mixture.js";
import { type GmmOptions, type Settings, settingsOf } from "./options.js";
import { type Failed, type Found, finished, grounds, searched } from "./search.js";
import { settled } from "./settle.js";
import { warningsOf } from "./warnings.js";

export interface GmmFit extends Candidate {
  /** Yours to dispose. */
  readonly distribution: Distribution<GmmConfig>;
  readonly weights: readonly number[];
  readonly means: readonly (readonly number[])[];
  readonly covariances: readonly (readonly (readonly number[])[])[];
  /** Of EM from the best start. */
  readonly iterations: number;
  readonly converged: boolean;
  /** Where each start came to: mean log-densities of the rows, in nats. They differ where the likelihood has several peaks. */
  readonly starts: readonly number[];
  /** The numbers of components tried, in order. */
  readonly candidates: readonly Candidate[];
  /** The numbers of components that came to nothing, and why. */
  readonly failed: readonly Failed[];
  /** What a user should know of this fit, in words. */
  readonly warnings: readonly string[];
}

const where = "fitGmm";

/**
 * A Gaussian mixture of rows by EM, from several k-means clusterings, with the number of components chosen by BIC or AIC.
 * The E-step of more than 4,096 rows runs on the backend, on whitened rows, all else in float64 on the host; on float32 backends the numbers agree
 * with float64's to that precision. Of several numbers of components each is looked for on a sample of 4,096 rows, from the best of its starts after
 * ten iterations, and goes on with all rows.
 *
 * Throws FlowsError: "data" (too few rows, too few different rows, a cell that is not finite, a constant column), "config" (more
 * components than rows), "shape", "backend", "aborted".
 *
 * @example
 * const { distribution, components, bic } = await fitGmm(rows, { components: [1, 2, 3, 4], seed: 1 });
 */
export async function fitGmm(rows: RowsLike, options: GmmOptions = {}): Promise<GmmFit> {
  const data = matrixOf(where, rows);
  const moments = momentsOf(data, new Float64Array(data.n).fill(1 / data.n));
  const variances = variancesOf(where, moments);
  const settings = settingsOf(where, data, variances, options);
  const [whole, ground] = grounds(where, data, moments, variances.map(Math.sqrt), settings);
  try {
    const found = await searched(where, whole, ground, settings);
    const { chosen, overruled } = settled(found.fits, settings.criterion, settings.validation);
    return resultOf(data, await finished(where, whole, chosen, settings), found, overruled, settings);
  } finally {
    whole.rows.dispose();
    ground.rows.dispose();
  }
}

function resultOf(data: Matrix, chosen: Fitted, search: Found, overruled: string | undefined, { kind }: Settings): GmmFit {
  const candidates = search.fits.map((fit) => plainCandidate(fit.components === chosen.components ? chosen : fit));
  const { best, ...found } = chosen;
  const { iterations, converged, mixture } = best;
  const warnings = [
    ...roundingIn(data),
    ...(overruled ? [overruled] : []),
    ...failures(search),
    ...warningsOf(data, chosen, kind, search.whole ? candidates : []),
  ];
  const own = { ...found, iterations, converged, candidates, failed: search.failed, warnings };
  return { ...own, ...plain(mixture), distribution: distributionOf(mixture) };
}

const plainCandidate = ({ best: _best, starts: _starts, ...one }: Fitted): Candidate => one;

const failures = ({ failed }: Found): string[] =>
  failed.map(({ components, why }) => `${components} ${components === 1 ? "component" : "components"} could not be fitted: ${why}`);

function distributionOf({ k, d, weights, means, deviations, slopes }: Mixture): Distribution<GmmConfig> {
  const distribution = gmm({ features: d, components: k });
  write(distribution, { weights, means, deviations, slopes });
  return distribution;
}

const lists = (values: Float64Array, width: number): number[][] =>
  Array.from({ length: values.length / width }, (_, i) => [...values.subarray(i * width, (i + 1) * width)]);

function plain({ k, d, weights, means, covariances }: Mixture): Pick<GmmFit, "weights" | "means" | "covariances"> {
  const rows = lists(covariances, d);
  return {
    weights: [...weights],
    means: lists(means, d),
    covariances: Array.from({ length: k }, (_, c) => rows.slice(c * d, (c + 1) * d)),
  };
}
