export { bijectorLaws } from "./bijector/bijector-laws.js";
export type { Exceptions, Law } from "./law.js";
export type { Interval } from "./plain/batch.js";
export { shake } from "./shake.js";
export type { BijectorOptions, LawOptions } from "./subject.js";
export { type Tolerance, tolerances } from "./tolerances.js";
