import type { Rows } from "@flows/core";
import type { Floats } from "@flows/core/author";
import { freshPoints } from "@flows/datasets";
import { blobs } from "../004-7/fitting.js";
import { mean } from "../lab/record.js";
import { wide } from "./toys.js";

/** The numerator: section 7's two blobs; and the denominator: a wide Gaussian over both. */
export const p = blobs;
export const q = wide;

export const exactLogRatio = (x: Rows): Float64Array => {
  const below = q.logDensity!(x);
  return p.logDensity!(x).map((value, i) => value - below[i]!);
};

/** An estimate of log p / q. */
export interface Estimate {
  readonly name: string;
  readonly logRatio: (x: Rows) => Promise<Floats>;
}

/** Rows of q that no fit has seen. */
export const onQ = freshPoints(q, 0, 20_000).rows;

/** The mean of |estimated - true ratio| under q: how far the estimate is from p in total variation, twice. */
export async function errorOf({ logRatio }: Estimate): Promise<number> {
  const truth = exactLogRatio(onQ);
  return mean(Array.from(await logRatio(onQ), (value, i) => Math.abs(Math.exp(value) - Math.exp(truth[i]!))));
}
