import { isFlowsError } from "@flows/core";
import { select, shuffled } from "@flows/core/author";
import type { Moments } from "../gaussian/moments.js";
import type { Matrix } from "../matrix.js";
import { candidate, type Fitted, fittedOf } from "./candidate.js";
import { correlated } from "./covariance.js";
import { climb } from "./em.js";
import { type EmRows, emRows, fewRows } from "./em-rows.js";
import type { Mixture } from "./mixture.js";
import type { Settings } from "./options.js";
import { clustered, given } from "./start.js";

/** Iterations after which the best of several starts climbs on alone. */
const trial = 10;
/** Nats by which EM must rise in a search over counts; what is chosen climbs on to the tolerance. */
const coarse = 1e-3;
/** Iterations on all rows of what was found on a sample: enough to tell counts apart. */
const onAll = 4;
/** Counts in a row that are worse than the best, after which no more are tried. */
const patience = 4;

/** A number of components that came to nothing. */
export interface Failed {
  readonly components: number;
  /** Why, in words. */
  readonly why: string;
}

/** What a search came to. */
export interface Found {
  /** In the order of the counts. */
  readonly fits: readonly Fitted[];
  readonly failed: readonly Failed[];
  /** Whether all counts were tried. */
  readonly whole: boolean;
}

/** The rows with what EM needs of them. */
export interface Ground {
  readonly data: Matrix;
  readonly rows: EmRows;
  readonly spreads: Float64Array;
}

/** Rows to search on: all of them for a single count, for several a sample of 4,096. */
export function grounds(
  where: string,
  data: Matrix,
  moments: Moments,
  spreads: Float64Array,
  settings: Settings,
): readonly [Ground, Ground] {
  const cross = correlated(settings.kind.covariance);
  const whole = { data, rows: emRows(where, data, moments, cross), spreads };
  if (settings.counts.length === 1 || data.n <= fewRows) return [whole, whole];
  const order = shuffled(data.n, settings.seed, 0, "choice").subarray(0, fewRows);
  const { data: sampled } = select({ data: data.data, shape: [data.n, data.features] }, order);
  const sample = { data: sampled as Float64Array, n: order.length, features: data.features };
  return [whole, { data: sample, rows: emRows(where, sample, moments, cross), spreads }];
}

/** Tries the counts, one after the other. One that fails is noted; where all fail, the first one's error is thrown. */
export async function searched(where: string, whole: Ground, ground: Ground, settings: Settings): Promise<Found> {
  const { counts, criterion, onCandidate } = settings;
  const fits: Fitted[] = [];
  const failed: Failed[] = [];
  let first: unknown;
  for (const [i, components] of counts.entries()) {
    onCandidate?.({ components, tried: i, of: counts.length });
    try {
      fits.push(await fitted(where, whole, ground, components, settings));
    } catch (error) {
      if (!isFlowsError(error) || error.code !== "data") throw error;
      first ??= error;
      failed.push({ components, why: error.text });
    }
    if (settings.usual && stale(fits, criterion) >= patience) return { fits, failed, whole: false };
  }
  if (fits.length === 0) throw first;
  return { fits, failed, whole: true };
}

const stale = (fits: readonly Fitted[], criterion: Settings["criterion"]): number =>
  fits.length - 1 - fits.findIndex((one) => one[criterion] === Math.min(...fits.map((other) => other[criterion])));

/** A candidate of all rows: where it was found on a sample, EM goes through all of them a few times more. */
async function fitted(where: string, whole: Ground, ground: Ground, components: number, settings: Settings): Promise<Fitted> {
  const { kind, counts, iterations } = settings;
  const starts = startsOf(where, ground, components, settings);
  if (counts.length === 1) return candidate(where, ground.rows, { ...settings, starts });
  const tolerance = Math.max(coarse, settings.tolerance);
  const found = await candidate(where, ground.rows, { ...settings, starts, tolerance, trial });
  if (whole === ground) return found;
  const { best } = found;
  const again = await climb(where, whole.rows, best.mixture, kind, { ...settings, iterations: Math.min(onAll, iterations) });
  return fittedOf({ ...again, iterations: best.iterations + again.iterations }, kind, whole.data.n, found.starts);
}

/** The mixture given, or as many clusterings as asked for. */
function startsOf(
  where: string,
  { data, spreads }: Ground,
  components: number,
  { start, restarts, seed, kind }: Settings,
): (() => Mixture)[] {
  if (start) return [() => given(where, start, data.features)];
  return Array.from({ length: restarts }, (_, attempt) => () => clustered(where, data, kind, { components, seed, attempt, spreads }));
}

/** The chosen candidate climbed to its end on all rows. */
export async function finished(where: string, { rows }: Ground, chosen: Fitted, { kind, ...stopping }: Settings): Promise<Fitted> {
  const { best, starts } = chosen;
  if (stopping.counts.length === 1) return chosen;
  const end = await climb(where, rows, best.mixture, kind, { ...stopping, iterations: Math.max(1, stopping.iterations - best.iterations) });
  return fittedOf({ ...end, iterations: best.iterations + end.iterations }, kind, rows.n, starts);
}
