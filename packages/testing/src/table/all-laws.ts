import { bijectorLaws, conditionerLaws, distributionLaws, type Law, transformerLaws } from "../index.js";
import { composites } from "./composites.js";
import { conditioners, couplings, transformers } from "./couplings.js";
import { distributions } from "./distributions.js";
import { elementwise } from "./elementwise.js";
import { linearMaps } from "./linear.js";
import type { BijectorTable } from "./table.js";

export const everyBijector: BijectorTable = { ...elementwise, ...linearMaps, ...couplings, ...composites };
export { distributions };

/** Every module of the repository with its laws. */
export const allLaws = (): readonly (readonly [name: string, laws: readonly Law[]])[] => [
  ...Object.entries(everyBijector).map(([name, { make, ...options }]) => [name, bijectorLaws(make, options)] as const),
  ...Object.entries(transformers).map(([name, { make, ...options }]) => [name, transformerLaws(make, options)] as const),
  ...Object.entries(conditioners).map(([name, { make, ...options }]) => [name, conditionerLaws(make, options)] as const),
  ...Object.entries(distributions).map(([name, { make, ...options }]) => [name, distributionLaws(make, options)] as const),
];
