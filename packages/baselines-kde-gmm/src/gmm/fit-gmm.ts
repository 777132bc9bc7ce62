import type { Distribution, RowsLike } from "@flows/core";
import { momentsOf, variancesOf } from "../gaussian/moments.js";
import { type Matrix, matrixOf } from "../matrix.js";
import { write } from "../write.js";
import { type Candidate, candidate, type Fitted } from "./candidate.js";
import { type GmmConfig, gmm } from "./gmm.js";
import type { Mixture } from "./mixture.js";
import { type GmmOptions, type Settings, settingsOf } from "./options.js";
import { clustered, given } from "./start.js";
import { type Tiles, tilesOf } from "./tiles.js";
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
  /** What a user should know of this fit, in words. */
  readonly warnings: readonly string[];
}

const where = "fitGmm";

/**
 * A Gaussian mixture of rows by EM, from several k-means clusterings, with the number of components chosen by BIC or AIC.
 * The E-step runs on the backend, the M-step in float64 on the host; on float32 backends the numbers agree with float64's to that precision.
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
  const tiles = tilesOf(data, moments.mean, variances.map(Math.sqrt));
  try {
    const fits: Fitted[] = [];
    for (const components of settings.counts)
      fits.push(await candidate(where, tiles, { ...settings, starts: startsOf(data, tiles, components, settings) }));
    return resultOf(data, fits, settings);
  } finally {
    tiles.dispose();
  }
}

/** The mixture given, or as many clusterings as asked for. */
function startsOf(data: Matrix, { spreads }: Tiles, components: number, { start, restarts, seed, kind }: Settings): (() => Mixture)[] {
  if (start) return [() => given(where, start, data.features)];
  return Array.from({ length: restarts }, (_, attempt) => () => clustered(where, data, kind, { components, seed, attempt, spreads }));
}

function resultOf(data: Matrix, fits: readonly Fitted[], { criterion, kind }: Settings): GmmFit {
  const chosen = fits.reduce((a, b) => (b[criterion] < a[criterion] ? b : a));
  const candidates = fits.map(({ best: _best, starts: _starts, ...one }) => one);
  const { best, ...found } = chosen;
  const { iterations, converged, mixture } = best;
  const warnings = warningsOf(data, chosen, kind, candidates);
  return { ...found, ...plain(mixture), distribution: distributionOf(mixture), iterations, converged, candidates, warnings };
}

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
