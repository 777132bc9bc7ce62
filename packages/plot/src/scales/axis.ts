import { expectFigure, expectInterval } from "../check.js";
import { drawable, extentOf } from "../rows.js";
import { type Kind, scaleOf, type Tick, ticksOf } from "./ticks.js";

/** How one axis of a panel is drawn. */
export interface AxisOptions {
  /** What is measured, with its unit, "NLL (nats)". */
  readonly label?: string | undefined;
  /** What is shown; without it, all the data and a little more. */
  readonly domain?: readonly [number, number] | undefined;
  /** Default "linear"; "log" leaves out (and counts) what is not positive. */
  readonly scale?: Kind | undefined;
  /** Draws neither ticks nor label nor grid. */
  readonly hidden?: boolean | undefined;
  /** Words for the places 0, 1, 2, ... of an axis of categories. */
  readonly names?: readonly string[] | undefined;
}

/** An axis whose span and ticks are settled, but not its place on the page. */
export interface Axis extends AxisOptions {
  readonly kind: Kind;
  readonly domain: readonly [number, number];
  readonly ticks: readonly Tick[];
}

/** An axis on the page. */
export interface Scale extends Axis {
  /** A value's pixel; not finite for what this axis cannot show. */
  map(value: number): number;
}

/** Settles span and ticks: the given domain, or the extent of all columns with a margin unless they sit tight (heat maps). */
export function settleAxis(options: AxisOptions, columns: readonly ArrayLike<number>[], tight: boolean, pixels: number): Axis {
  const kind = options.scale ?? "linear";
  const domain = options.domain ?? (kind === "log" ? logDomain(columns) : linearDomain(columns, tight));
  expectInterval(domain, "axis", "domain");
  expectFigure(kind === "linear" || domain[0] > 0, "axis", `a log axis expects a positive domain, got [${domain}].`);
  const categories = options.names?.map((label, at) => ({ at, label })).filter(({ at }) => at >= domain[0] && at <= domain[1]);
  return { ...options, kind, domain, ticks: categories ?? ticksOf(kind, domain, pixels) };
}

/** Places an axis so that its span runs from pixel `start` to pixel `end`. */
export const placeAxis = (axis: Axis, start: number, end: number): Scale => ({
  ...axis,
  map: scaleOf(axis.kind, axis.domain).range([start, end]),
});

const margin = 0.045;

function linearDomain(columns: readonly ArrayLike<number>[], tight: boolean): [number, number] {
  const extent = merged(columns, drawable);
  if (!extent) return [0, 1];
  const [low, high] = extent;
  const size = Math.max(Math.abs(low), Math.abs(high));
  // Below this, steps between ticks have no inverse.
  if (size < 1e-290) return [-1, 1];
  if (high - low <= 1e-9 * size) return [low - 0.1 * size, high + 0.1 * size];
  const room = tight ? 0 : margin * (high - low);
  // Counts, densities and steps begin at zero: no room below it.
  return [low === 0 ? 0 : low - room, high + room];
}

function logDomain(columns: readonly ArrayLike<number>[]): [number, number] {
  const extent = merged(columns, (value) => drawable(value) && value > 1e-300);
  if (!extent) return [1, 10];
  const [low, high] = extent;
  const room = high / low < 1 + 1e-9 ? 3 : Math.max(1.05, (high / low) ** margin);
  return [low / room, high * room];
}

const merged = (columns: readonly ArrayLike<number>[], accept: (value: number) => boolean): [number, number] | undefined =>
  extentOf(
    columns.flatMap((values) => extentOf(values, accept) ?? []),
    accept,
  );
