import type { Matrix } from "../matrix.js";
import type { Fitted } from "./candidate.js";
import { logDensities } from "./host-expectation.js";

/** Standard errors by which another count must validate better than the criterion's. */
const clearly = 2;

/** Which candidate it is, and what was set aside for it. */
export interface Settled {
  readonly chosen: Fitted;
  /** In words, where rows that were held back overruled the criterion. */
  readonly overruled: string | undefined;
}

/**
 * The candidate that the criterion likes best; but where another one gives rows that were held back clearly more density, that one:
 * a likelihood that grows by collapsing onto rows says nothing of others.
 */
export function settled(fits: readonly Fitted[], criterion: "bic" | "aic", validation: Matrix | undefined): Settled {
  const liked = fits.reduce((a, b) => (b[criterion] < a[criterion] ? b : a));
  if (!validation || validation.n < 2) return { chosen: liked, overruled: undefined };
  const scored = fits.map((one) => ({ one, logs: logDensities(validation, one.best.mixture) }));
  const own = scored.find(({ one }) => one === liked)!;
  const best = scored.reduce((a, b) => (meanOf(b.logs) > meanOf(a.logs) ? b : a));
  const gains = best.logs.map((log, i) => log - own.logs[i]!);
  const gain = meanOf(gains);
  const error = Math.sqrt(gains.reduce((sum, one) => sum + (one - gain) ** 2, 0) / (gains.length - 1) / gains.length);
  if (!(gain > clearly * error)) return { chosen: liked, overruled: undefined };
  const overruled = `${liked.components} components are best by ${criterion.toUpperCase()}, but ${best.one.components} give the ${validation.n} validation rows ${gain.toPrecision(3)} nats more each, so these were taken.`;
  return { chosen: best.one, overruled };
}

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
