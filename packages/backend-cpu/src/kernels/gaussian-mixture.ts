import { type Frame, type GaussianMixtureAttrs, gaussianMixtureSpec, type RowKernel, type Step } from "@flows/core/author";

/**
 * The log-density of a mixture of Gaussians goes to the log-dets: log sum_k w_k N(z; mean_k, covariance_k), weights normalised. Reads z and
 * writes nothing; params weights, means, deviations, slopes, of which a covariance's noise is (e_i - sum_{j<i} slopes_ij e_j) / deviations_i
 * with e = z - mean. Where the covariances are tied, rows and means are whitened once.
 */
export const gaussianMixtureKernel: RowKernel<GaussianMixtureAttrs> = {
  spec: gaussianMixtureSpec,
  forward: (frame, step, from, to) => {
    const mixture = mixtureOf(frame, step);
    for (let r = from; r < to; r++) frame.logDet[r]! += logDensity(mixture, frame.reads[0]!, r);
  },
  backward: (frame, { reads: [dz], logDet: dLogDet }, step, from, to) => {
    const mixture = mixtureOf(frame, step);
    const { k, d, tied, exponents, noise } = mixture;
    const gathered = new Float64Array(d);
    for (let r = from; r < to; r++) {
      const total = logDensity(mixture, frame.reads[0]!, r);
      const row = dz!.subarray(r * d, (r + 1) * d);
      gathered.fill(0);
      for (let c = 0; c < k; c++) {
        const share = dLogDet[r]! * Math.exp(exponents[c]! - Math.max(total, lowest));
        if (share === 0) continue;
        noiseOf(mixture, c);
        for (let i = 0; i < d; i++) gathered[i] = (tied ? gathered[i]! : 0) - share * noise[i]!;
        if (!tied) unwhiten(mixture, c, gathered, row);
      }
      if (tied) unwhiten(mixture, 0, gathered, row);
    }
  },
};

const halfLog2Pi = 0.5 * Math.log(2 * Math.PI);
const lowest = -Number.MAX_VALUE;
/** A term this far below the largest is lost in rounding. */
const lost = -50;

interface Mixture extends GaussianMixtureAttrs {
  readonly k: number;
  readonly d: number;
  readonly means: ArrayLike<number>;
  readonly deviations: Float32Array;
  readonly slopes: Float32Array;
  /** log w_k N(mean_k; mean_k, covariance_k) */
  readonly peaks: Float64Array;
  /** Of the row at hand: those of each component, and where it lies. */
  readonly exponents: Float64Array;
  readonly place: Float64Array;
  /** Of the row and the component at hand. */
  readonly noise: Float64Array;
}

function mixtureOf({ params }: Frame, { attrs, reads }: Step<GaussianMixtureAttrs>): Mixture {
  const [weights, means, deviations, slopes] = params as [Float32Array, Float32Array, Float32Array, Float32Array];
  const [{ components: k, tied }, d] = [attrs, reads[0]!.width];
  const sum = weights.reduce((total, w) => total + w, 0);
  const logSize = (c: number): number => {
    let total = d * halfLog2Pi;
    for (let i = 0; i < d; i++) total += Math.log(deviations[(tied ? 0 : c * d) + i]!);
    return total;
  };
  const shared = tied ? logSize(0) : 0;
  const made = {
    ...attrs,
    k,
    d,
    deviations,
    slopes,
    peaks: Float64Array.from(weights, (w, c) => Math.log(w / sum) - (tied ? shared : logSize(c))),
    exponents: new Float64Array(k),
    place: new Float64Array(d),
    noise: new Float64Array(d),
  };
  return { ...made, means: tied ? whitenedMeans(means, made) : means };
}

type Shapes = Pick<Mixture, "d" | "deviations" | "slopes">;

function whitenedMeans(means: Float32Array, shapes: Shapes): Float64Array {
  const out = new Float64Array(means.length);
  for (let at = 0; at < means.length; at += shapes.d) whiten(shapes, 0, means.subarray(at), out.subarray(at));
  return out;
}

/** The chain of regressions of a component undone, from the last feature on: also in place. */
function whiten({ d, deviations, slopes }: Shapes, c: number, e: ArrayLike<number>, noise: Float64Array): void {
  for (let i = d - 1; i >= 0; i--) {
    let rest = e[i]!;
    for (let j = 0, at = (c * d + i) * d; j < i; j++) rest -= slopes[at + j]! * e[j]!;
    noise[i] = rest / deviations[c * d + i]!;
  }
}

/** Leads the adjoint of a component's noise back to the row. */
function unwhiten({ d, deviations, slopes }: Shapes, c: number, given: Float64Array, row: Float32Array): void {
  for (let i = 0; i < d; i++) {
    const share = given[i]! / deviations[c * d + i]!;
    row[i]! += share;
    for (let j = 0, at = (c * d + i) * d; j < i; j++) row[j]! -= share * slopes[at + j]!;
  }
}

/** Puts the row, whitened where all components are alike, into its place. */
function take(mixture: Mixture, rows: Float32Array, r: number): void {
  const { d, tied, place } = mixture;
  const row = rows.subarray(r * d, (r + 1) * d);
  if (tied) whiten(mixture, 0, row, place);
  else place.set(row);
}

/** The noise that puts a component at the row. */
function noiseOf(mixture: Mixture, c: number): void {
  const { d, tied, means, place, noise } = mixture;
  for (let i = 0, at = c * d; i < d; i++, at++) noise[i] = place[i]! - means[at]!;
  if (!tied) whiten(mixture, c, noise, noise);
}

/** The exponents of all components, and the log of what they sum to. */
function logDensity(mixture: Mixture, rows: Float32Array, r: number): number {
  const { k, d, peaks, exponents, noise } = mixture;
  take(mixture, rows, r);
  let level = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < k; c++) {
    noiseOf(mixture, c);
    let squares = 0;
    for (let i = 0; i < d; i++) squares += noise[i]! * noise[i]!;
    exponents[c] = peaks[c]! - squares / 2;
    level = Math.max(level, exponents[c]!);
  }
  if (!Number.isFinite(level)) return level;
  let sum = 0;
  for (let c = 0; c < k; c++) if (exponents[c]! > level + lost) sum += Math.exp(exponents[c]! - level);
  return level + Math.log(sum);
}
