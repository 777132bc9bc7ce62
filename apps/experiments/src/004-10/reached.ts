import type { HeldOut } from "../lab/held-out.js";
import { mean, type SeedValue } from "../lab/record.js";

/** The document's sample sizes. */
export const sizes = [100, 500, 2000, 5000] as const;
/** Read off the document's figure (D3). */
export const printed = { kde: [2.55, 2.37, 2.28, 2.24], flow: [2.36, 2.24, 2.18, 2.2] } as const;

/** One seed of a method, held out. */
export type Outcome = HeldOut & { readonly seed: number };

/** What one method reaches at each size, by seed. */
export interface Reached {
  readonly method: "silverman" | "cross-validated" | "flow";
  readonly at: readonly (readonly Outcome[])[];
}

/** Nats above the floor by seed. */
export const gapsOf = (seeds: readonly Outcome[]): SeedValue[] =>
  seeds.map(({ seed, above }) => ({ seed, value: above.mean, standardError: above.standardError }));
export const meanGap = (seeds: readonly Outcome[]): number => mean(gapsOf(seeds).map(({ value }) => value));
export const meanNll = (seeds: readonly Outcome[]): number => mean(seeds.map(({ nll }) => nll));
