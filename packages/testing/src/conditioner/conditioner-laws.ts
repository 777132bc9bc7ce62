import type { Conditioner } from "@flows/core";
import { programLaws } from "../bijector/program-laws.js";
import { bijectorSubject } from "../bijector/subject.js";
import { broken } from "../close.js";
import { contextLaws } from "../generic/context-laws.js";
import { fileLaws } from "../generic/file-laws.js";
import { gradientLaws } from "../generic/gradient-laws.js";
import { memoryLaws } from "../generic/memory-laws.js";
import { referenceLaws } from "../generic/reference-laws.js";
import { rowLaws } from "../generic/row-laws.js";
import { type Law, without } from "../law.js";
import { evaluate } from "../plain/evaluate.js";
import { networkWay } from "../plain/way.js";
import { batchFor, type LawOptions, lawFor, type Subject } from "../subject.js";
import { network } from "./network.js";

export interface ConditionerOptions extends LawOptions {
  /** Columns read. */
  readonly features: number;
  /** Raw numbers given. */
  readonly outputs: number;
  /** The type without `lower`. */
  readonly unlowered?: string | undefined;
}

/** Everything that a network obeys. */
export function conditionerLaws(make: () => Conditioner, options: ConditionerOptions): Law[] {
  const subject: Subject<Conditioner> = { ...options, make, ways: [networkWay] };
  const wrapped = bijectorSubject(() => network({ conditioner: make() }), { ...options, event: [options.features] });
  const laws = [
    widthLaw(subject, options),
    ...rowLaws(subject),
    ...referenceLaws(subject),
    ...programLaws({ ...wrapped, ways: [wrapped.way.forward] }),
    ...gradientLaws(subject),
    ...contextLaws(subject),
    ...memoryLaws(subject),
    ...fileLaws(subject),
  ];
  return without(laws, options.except);
}

const widthLaw = (subject: Subject<Conditioner>, { features, outputs, context = 0 }: ConditionerOptions): Law =>
  lawFor(subject, "widths are as told", async (conditioner) => {
    const told = [conditioner.features, conditioner.outputs, conditioner.contextFeatures];
    if (told.join() !== [features, outputs, context].join()) broken(`features, outputs, contextFeatures are ${told}`);
    const { value } = await evaluate(conditioner, networkWay, batchFor(subject, conditioner, networkWay, 3));
    if (value!.length !== 3 * outputs) broken(`3 rows gave ${value!.length} numbers, expected ${3 * outputs}`);
  });
