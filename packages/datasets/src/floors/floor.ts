import type { Standardisation } from "../standardise.js";
import type { Toy } from "../toy.js";

export interface FloorOptions {
  /** The standardisation that NLLs are reported in; default none. */
  readonly standardisation?: Standardisation | undefined;
  /** True for a model that is told the label. */
  readonly givenLabel?: boolean;
}

/**
 * The lowest expected NLL any model can reach on a toy, in nats: its entropy less sum log scale.
 * Null where the density is not known.
 */
export function floor({ population }: Toy, { standardisation, givenLabel = false }: FloorOptions = {}): number | null {
  if (!population) return null;
  return (givenLabel ? population.entropyGivenLabel : population.entropy) - (standardisation?.logScale ?? 0);
}
