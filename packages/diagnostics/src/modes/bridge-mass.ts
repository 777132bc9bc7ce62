import type { RowsLike } from "@flows/core";
import { fail, finiteNumber } from "@flows/core/author";
import { checkedRows } from "../rows.js";

export interface BridgeOptions {
  /** The centres of two modes, one number a column. */
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** How much of the way between them is the bridge, in its middle. Default 0.5. */
  readonly middle?: number | undefined;
}

/** A share of samples with its standard error. */
export interface Share {
  readonly share: number;
  readonly standardError: number;
}

/**
 * The mass that a model puts between two modes: the share of its samples whose projection on the line through both centres falls into
 * the middle half of the way. For centres (-2, 0) and (2, 0) it is q(|x₁| < 1).
 *
 * A diffeomorphism cannot cut the base's one piece in two, so a flow leaves a bridge that the data do not have.
 * Source: Cornish et al. (2020), Relaxing Bijectivity Constraints with Continuously Indexed Normalising Flows, section 2.
 * https://arxiv.org/abs/1909.13833
 *
 * @example
 * const { share } = bridgeMass(await draw(model, 20_000), { from: [-2, 0], to: [2, 0] });
 */
export function bridgeMass(samples: RowsLike, { from, to, middle = 0.5 }: BridgeOptions): Share {
  const { data, shape } = checkedRows("bridgeMass", "samples", samples);
  const [n, width = 1] = shape;
  if (from.length !== width || to.length !== width)
    fail("shape", "bridgeMass", `samples of ${width} columns need centres of ${width} numbers, got ${from.length} and ${to.length}.`);
  if (!(finiteNumber("bridgeMass", "middle", middle, { above: 0 }) <= 1))
    fail("config", "bridgeMass", `middle is a share of the way, at most 1, got ${middle}.`);
  const way = to.map((value, k) => value - from[k]!);
  const length = way.reduce((sum, value) => sum + value * value, 0);
  if (!(length > 0)) fail("config", "bridgeMass", "both centres are the same point. Give those of two modes.");
  let inside = 0;
  for (let row = 0; row < n; row++) {
    const along = way.reduce((sum, value, k) => sum + value * (data[row * width + k]! - from[k]!), 0) / length;
    inside += Number(Math.abs(along - 0.5) < middle / 2);
  }
  return shareOf(inside, n);
}

/** So many of n. */
export const shareOf = (count: number, n: number): Share => ({
  share: count / n,
  standardError: Math.sqrt(((count / n) * (1 - count / n)) / n),
});
