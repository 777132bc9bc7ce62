import type { Matrix } from "../matrix.js";
import type { Candidate, Fitted } from "./candidate.js";
import type { Kind } from "./maximisation.js";
import type { Mixture } from "./mixture.js";

/** Less than so many times the floor is the floor's doing. */
const near = 10;

/** What a user should know of a fitted mixture, in words: components at the floor or without rows, EM cut short, a choice at an end of its range. */
export function warningsOf({ n }: Matrix, { best, components }: Fitted, kind: Kind, candidates: readonly Candidate[]): string[] {
  const { mixture, converged, iterations } = best;
  return [
    ...Array.from(mixture.weights, (_, c) => [...collapsed(mixture, c, kind), ...vanished(mixture, c, n)]).flat(),
    ...(converged ? [] : [`EM was stopped after ${iterations} iterations before it converged. Raise iterations, or the tolerance.`]),
    ...(candidates.length > 1 && components === Math.max(...candidates.map((one) => one.components))
      ? [`the most components tried, ${components}, were the best. Try more of them.`]
      : []),
  ];
}

/** The likelihood has no maximum where a component may shrink onto a row: the floor holds it, and says so. */
function collapsed({ d, weights, deviations }: Mixture, c: number, { floor }: Kind): string[] {
  const at = floor.findIndex((least, a) => deviations[c * d + a]! ** 2 < near * least);
  if (at < 0) return [];
  return [
    `component ${c} (weight ${weights[c]!.toPrecision(3)}) has collapsed: its spread in column ${at} is held up by the floor. Use fewer components, a larger floor or covariance "tied".`,
  ];
}

const vanished = ({ weights }: Mixture, c: number, n: number): string[] =>
  weights[c]! * n < 1 ? [`component ${c} holds less than one row (weight ${weights[c]!.toPrecision(3)}). Use fewer components.`] : [];
