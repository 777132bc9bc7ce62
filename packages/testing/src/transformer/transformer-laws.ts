import type { Transformer } from "@flows/core";
import { bijectorLaws } from "../bijector/bijector-laws.js";
import { bijectorSubject } from "../bijector/subject.js";
import { type Law, without } from "../law.js";
import type { BijectorOptions } from "../subject.js";
import { featureLaws } from "./feature-laws.js";
import { kit, withRaw } from "./with-raw.js";

export interface TransformerOptions extends Omit<BijectorOptions, "event" | "context"> {
  /** Raw numbers for each feature: what the transformer's own `paramCount` must be. */
  readonly paramCount: number;
  /** Default 3. */
  readonly features?: number;
}

/**
 * Everything that a transformer obeys: the laws of a bijector with the raw parameters as its context, and that each feature is
 * mapped by its own raw numbers alone.
 */
export function transformerLaws(make: () => Transformer, { paramCount, features = 3, except, ...rest }: TransformerOptions): Law[] {
  const options = { ...rest, event: [features], context: features * paramCount, plugins: [...(rest.plugins ?? []), kit] };
  const wrapped = () => withRaw({ features, transformer: make() });
  return without([...bijectorLaws(wrapped, options), ...featureLaws(bijectorSubject(wrapped, options))], except);
}
