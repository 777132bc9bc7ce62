import { scaleLinear, scaleLog } from "d3-scale";
import { raised } from "./format.js";

/** How values become places: evenly, or by their logarithms. */
export type Kind = "linear" | "log";

/** A place on an axis; without a label it only has a grid line. */
export interface Tick {
  readonly at: number;
  readonly label: string;
}

/** The map from a domain to pixels (or to 0 and 1); NaN for what it cannot show. */
export const scaleOf = (kind: Kind, domain: readonly [number, number]) =>
  (kind === "log" ? scaleLog().domain(domain) : scaleLinear().domain(domain)).unknown(Number.NaN);

/** Round values, about one in 60 pixels, all written alike; on a log axis powers of ten, with faint lines between them where there is room. */
export function ticksOf(kind: Kind, domain: readonly [number, number], pixels: number): Tick[] {
  const count = Math.min(10, Math.max(2, pixels / 60));
  // Within one power of ten, round values tell more than parts of powers.
  const powers = kind === "log" && domain[1] >= 10 * domain[0];
  const scale = scaleOf(powers ? "log" : "linear", domain);
  const label = scale.tickFormat(count, isFar(powers, domain) ? "~e" : ",f");
  return scale.ticks(count).map((at) => ({ at, label: raised(label(at)) }));
}

/** Whether labels would be long without powers of ten. */
function isFar(powers: boolean, [low, high]: readonly [number, number]): boolean {
  const largest = Math.max(Math.abs(low), Math.abs(high));
  return powers ? low < 1e-3 || high >= 1e5 : largest < 1e-3 || largest >= 1e6;
}
