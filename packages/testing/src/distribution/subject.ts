import type { Distribution, Shape } from "@flows/core";
import { type Interval, randomBatch } from "../plain/batch.js";
import { densityWay, type Way } from "../plain/way.js";
import type { LawOptions, Subject } from "../subject.js";

export interface DistributionOptions extends LawOptions {
  /** The event shape of a sample. */
  readonly event: Shape;
  /** Where each coordinate may lie; the density is integrated there where the event has one or two numbers. Default everywhere, integrated over [-10, 10]. */
  readonly support?: Interval | undefined;
  /** How near the integral comes to 1. Default 1e-3. */
  readonly massTolerance?: number | undefined;
}

export interface DistributionSubject extends Subject<Distribution>, DistributionOptions {
  readonly density: Way<Distribution>;
}

export function distributionSubject(make: () => Distribution, options: DistributionOptions): DistributionSubject {
  const density = densityWay(options.support);
  return { ...options, make, density, ways: [density] };
}

/** One row of context, the same in every law; empty where none is wanted. */
export const oneContext = ({ context = 0, seed = 3 }: LawOptions): Float64Array => randomBatch(1, [1], context, undefined, seed).context;
