import type { Floats } from "@flows/core/author";
import { estimate, type PairedDifference, pairedDifference } from "@flows/diagnostics";
import { meanOf } from "../quality/quality.js";

/** One model on rows that it has not seen. */
export interface Compared {
  readonly name: string;
  /** Null where rows lie outside the support: the mean is -Infinity. */
  readonly meanLogProb: number | null;
  readonly standardError: number | null;
  readonly outside: number;
  /** Its mean less the best model's, row by row; null for the best one itself, and where rows lie outside. */
  readonly toBest: PairedDifference | null;
}

/** Models by their log-densities of the same rows, the best one first. */
export function compared(scored: readonly { readonly name: string; readonly logProb: Floats }[]): Compared[] {
  const measured = scored.map((one) => ({ ...one, ...meanOf(one.logProb) }));
  const level = ({ outside, mean }: (typeof measured)[number]): number => (outside > 0 ? Number.NEGATIVE_INFINITY : mean);
  const sorted = measured.sort((a, b) => Number(level(b) > level(a)) - Number(level(b) < level(a)));
  const [best] = sorted;
  return sorted.map((one) => {
    const { name, outside, logProb } = one;
    if (outside > 0) return { name, outside, meanLogProb: null, standardError: null, toBest: null };
    const { mean, standardError } = estimate(logProb);
    return { name, outside, meanLogProb: mean, standardError, toBest: one === best ? null : pairedDifference(logProb, best!.logProb) };
  });
}
