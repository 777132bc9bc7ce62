import type { Distribution } from "@flows/core";
import { contextLaws } from "../generic/context-laws.js";
import { fileLaws } from "../generic/file-laws.js";
import { gradientLaws } from "../generic/gradient-laws.js";
import { memoryLaws } from "../generic/memory-laws.js";
import { referenceLaws } from "../generic/reference-laws.js";
import { rowLaws } from "../generic/row-laws.js";
import { type Law, without } from "../law.js";
import { densityLaws } from "./density-laws.js";
import { extremeLaws } from "./extreme-laws.js";
import { programLaws } from "./program-laws.js";
import { sampleLaws } from "./sample-laws.js";
import { stepLaws } from "./step-laws.js";
import { type DistributionOptions, distributionSubject } from "./subject.js";
import { weightedLaws } from "./weighted-laws.js";

/**
 * Everything that a distribution obeys; in one and two dimensions its density is integrated and compared with its samples, in more it is
 * weighed beside an estimate from them.
 *
 * @example
 * for (const law of distributionLaws(() => studentT({ features: 2 }), { event: [2], plugins: [acme] })) it(law.name, law.check);
 */
export function distributionLaws(make: () => Distribution, options: DistributionOptions): Law[] {
  const subject = distributionSubject(make, options);
  const laws = [
    ...densityLaws(subject),
    ...weightedLaws(subject),
    ...sampleLaws(subject),
    ...extremeLaws(subject),
    ...rowLaws(subject),
    ...referenceLaws(subject),
    ...programLaws(subject),
    ...gradientLaws(subject),
    ...stepLaws(subject),
    ...contextLaws(subject, "refused"),
    ...memoryLaws(subject),
    ...fileLaws(subject),
  ];
  return without(laws, options.except);
}
