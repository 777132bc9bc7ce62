import type { PosteriorScores } from "../calibration/expected-coverage.js";
import type { Posterior } from "../calibration/posterior.js";
import { normalRows } from "./rejections.js";

/** How a posterior is wrong: moved by so many of its standard deviations, or scaled. */
export interface Wrong {
  readonly shift?: number;
  readonly scale?: number;
}

const [n, draws, width] = [120, 29, 2];

/**
 * The exact posterior of a parameter theta ~ N(0, I) in the plane that is seen as x = theta + N(0, I): N(x / 2, I / 2), or a wrong one.
 */
export function gaussianPosterior(seed: number, { shift = 0, scale = 1 }: Wrong = {}): Posterior & PosteriorScores {
  const truths = normalRows(n, width, seed);
  const noise = normalRows(n, width, seed, n).data;
  const centre = Float64Array.from(truths.data, (value, i) => (value + noise[i]!) / 2 + shift * Math.SQRT1_2);
  const z = normalRows(n * draws, width, seed, 2 * n).data;
  const sd = scale * Math.SQRT1_2;
  const centreOf = (i: number): number => centre[Math.floor(i / (draws * width)) * width + (i % width)]!;
  return {
    truths,
    draws: { data: Float64Array.from(z, (value, i) => centreOf(i) + sd * value), shape: [n, draws, width] },
    truthLogProb: logProb(truths.data.map((value, i) => (value - centre[i]!) / sd)),
    drawLogProb: { data: logProb(z), shape: [n, draws] },
  };
}

/** Up to a constant. */
const logProb = (z: ArrayLike<number>): Float64Array =>
  Float64Array.from({ length: z.length / width }, (_, i) => -0.5 * (z[2 * i]! ** 2 + z[2 * i + 1]! ** 2));
