import type { Bijector } from "@flows/core";
import { contextLaws } from "../generic/context-laws.js";
import { fileLaws } from "../generic/file-laws.js";
import { gradientLaws } from "../generic/gradient-laws.js";
import { memoryLaws } from "../generic/memory-laws.js";
import { referenceLaws } from "../generic/reference-laws.js";
import { rowLaws } from "../generic/row-laws.js";
import { type Law, without } from "../law.js";
import type { BijectorOptions } from "../subject.js";
import { domainLaws } from "./domain-laws.js";
import { initialiseLaws } from "./initialise-laws.js";
import { jacobianLaws } from "./jacobian-laws.js";
import { programLaws } from "./program-laws.js";
import { roundTripLaws } from "./round-trip-laws.js";
import { shapeLaws } from "./shape-laws.js";
import { bijectorSubject } from "./subject.js";
import { trainingLaws } from "./training-laws.js";

/**
 * Everything that a bijector obeys. `make` gives a fresh module for each law, which is shaken first.
 *
 * @example
 * for (const law of bijectorLaws(() => sinhArcsinh({ features: 3 }), { event: [3], plugins: [acme] })) it(law.name, law.check);
 */
export function bijectorLaws(make: () => Bijector, options: BijectorOptions): Law[] {
  const subject = bijectorSubject(make, options);
  const laws = [
    ...roundTripLaws(subject),
    ...jacobianLaws(subject),
    ...domainLaws(subject),
    ...shapeLaws(subject),
    ...rowLaws(subject),
    ...trainingLaws(subject),
    ...initialiseLaws(subject),
    ...referenceLaws(subject),
    ...programLaws(subject),
    ...gradientLaws(subject),
    ...contextLaws(subject),
    ...memoryLaws(subject),
    ...fileLaws(subject),
  ];
  return without(laws, options.except);
}
