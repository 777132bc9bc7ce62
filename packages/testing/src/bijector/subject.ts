import type { Bijector } from "@flows/core";
import type { Direction } from "@flows/core/author";
import { directionWay, type Way } from "../plain/way.js";
import { type BijectorOptions, type Subject, toleranceFor } from "../subject.js";
import type { Tolerance } from "../tolerances.js";

type DirectionWay = Way<Bijector> & { readonly name: Direction };

/** A bijector under its laws: both directions as ways. */
export interface BijectorSubject extends Subject<Bijector>, BijectorOptions {
  readonly ways: readonly DirectionWay[];
  readonly way: { readonly forward: DirectionWay; readonly inverse: DirectionWay };
}

export const opposite = (direction: Direction): Direction => (direction === "forward" ? "inverse" : "forward");

export function bijectorSubject(make: () => Bijector, options: BijectorOptions): BijectorSubject {
  const { event, domain } = options;
  const way = { forward: directionWay("forward", event, domain?.forward), inverse: directionWay("inverse", event, domain?.inverse) };
  return { ...options, make, way, ways: [way.forward, way.inverse] };
}

/** The wider tolerances of the two directions: one of them may be numerical. */
export async function toleranceBetween(subject: BijectorSubject, b: Bijector): Promise<Tolerance> {
  const [forward, inverse] = [await toleranceFor(subject, b, subject.way.forward), await toleranceFor(subject, b, subject.way.inverse)];
  return forward.roundTrip > inverse.roundTrip ? forward : inverse;
}
