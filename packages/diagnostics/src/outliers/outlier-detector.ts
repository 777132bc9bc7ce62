import { fail, finiteNumber } from "@flows/core/author";

/** Decides which rows are out of distribution, with a stated false-alarm rate. */
export interface OutlierDetector {
  /** Scores above it are flagged. */
  readonly threshold: number;
  /** The wanted false-alarm rate. */
  readonly rate: number;
  /** Held-out rows behind it. */
  readonly heldOut: number;
  /** 1 for a row that is flagged, else 0. */
  flags(scores: ArrayLike<number>): Uint8Array;
  /** How likely a row of the data scores as high or higher: flagged are those of at most `rate`. */
  pValues(scores: ArrayLike<number>): Float64Array;
}

/** A false-alarm rate between 0 and 1, or an error that names it. */
export function checkedRate(where: string, name: string, rate: number): number {
  finiteNumber(where, name, rate, { above: 0 });
  return rate < 1
    ? rate
    : fail("config", where, `${name} is a share of rows between 0 and 1, got ${rate}. 0.01 flags one row of the data in a hundred.`);
}

/**
 * A detector whose false-alarm rate is at most `rate`, whatever the score is: p = (1 + held-out scores as high) / (1 + held-out rows).
 *
 * High scores are strange: use -log p(x), `typicalityScores` or `likelihoodRatioScores`. The rate holds on average over held-out sets, for rows that
 * are exchangeable with them; rows that the model was trained on are not.
 * Throws FlowsError: "config" for a rate outside (0, 1), "data" for fewer than 1 / rate - 1 held-out rows and for NaN.
 * Source: Laxhammar and Falkman (2010), Conformal prediction for distribution-independent anomaly detection; Vovk et al. (2005).
 *
 * @example
 * const detector = outlierDetector((await score(model, heldOut)).map((logProb) => -logProb), 0.01);
 * const flags = detector.flags((await score(model, rows)).map((logProb) => -logProb));
 */
export function outlierDetector(heldOutScores: ArrayLike<number>, rate: number): OutlierDetector {
  const where = "outlierDetector";
  checkedRate(where, "rate", rate);
  const sorted = checkedScores(heldOutScores).sort();
  const n = sorted.length;
  const allowed = Math.floor(rate * (n + 1) + 1e-9);
  if (allowed < 1)
    fail(
      "data",
      where,
      `a false-alarm rate of ${rate} needs at least ${Math.ceil(1 / rate - 1 - 1e-9)} held-out rows, got ${n}. Hold more back, or allow ${rateFor(n)}.`,
    );
  const threshold = sorted[n - allowed]!;
  return {
    threshold,
    rate,
    heldOut: n,
    flags: (scores) => Uint8Array.from(checkedScores(scores), (score) => Number(score > threshold)),
    pValues: (scores) => checkedScores(scores).map((score) => (1 + n - firstAtLeast(sorted, score)) / (n + 1)),
  };
}

/** The least rate that so many held-out rows allow, rounded up to two digits. */
function rateFor(n: number): number {
  const least = 1 / (n + 1);
  const unit = 10 ** (Math.floor(Math.log10(least)) - 1);
  return Number((Math.ceil(least / unit) * unit).toPrecision(2));
}

/** Scores may be infinite, for rows outside the support, but not NaN. */
function checkedScores(scores: ArrayLike<number>): Float64Array {
  const copy = Float64Array.from(scores);
  const bad = copy.findIndex(Number.isNaN);
  return bad < 0 ? copy : fail("data", "outlierDetector", `score ${bad} is NaN. Score rows that are finite.`);
}

/** The place of the first sorted number that is not below the value. */
function firstAtLeast(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
