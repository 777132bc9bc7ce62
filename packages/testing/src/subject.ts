import type { Module, Plugin, Shape } from "@flows/core";
import { type Exceptions, type Law, lawOf } from "./law.js";
import { type Batch, type Interval, randomBatch } from "./plain/batch.js";
import type { Way } from "./plain/way.js";
import { boundOf, type Tolerance, type ToleranceOptions, toleranceOf } from "./tolerances.js";

/** What every kind of law wants to know. */
export interface LawOptions extends ToleranceOptions {
  /** The width of the context that the module wants. */
  readonly context?: number | undefined;
  /** Plugins that know the module's types, for the laws about files. */
  readonly plugins?: readonly Plugin[] | undefined;
  /** Names of laws that do not hold here, each with the reason. */
  readonly except?: Exceptions | undefined;
  /** Seed of the shake and of the rows. */
  readonly seed?: number | undefined;
  /** The stated bound of a numerical direction, relative to 1 + |truth|. */
  readonly inverseTolerance?: number | undefined;
}

/** A maker of fresh modules, and what is computed from rows. */
export interface Subject<M extends Module = Module> extends LawOptions {
  readonly make: () => M;
  readonly ways: readonly Way<M>[];
}

export interface BijectorOptions extends LawOptions {
  /** The event shape on the noise side. */
  readonly event: Shape;
  /** True where log|det J| is 0 by construction; elsewhere a log-det of 0 for all rows is refused. */
  readonly volumePreserving?: boolean | undefined;
  /** The type without `lower` that keeps the subject out of programs; by direction where only one is numerical. */
  readonly unlowered?: string | { readonly forward?: string; readonly inverse?: string } | undefined;
  /** Where each direction is defined. Default everywhere. */
  readonly domain?: { readonly forward?: Interval; readonly inverse?: Interval } | undefined;
}

/** A law about one fresh module of the subject. */
export const lawFor = <M extends Module>({ make, seed }: Subject<M>, name: string, body: (module: M) => Promise<void>): Law =>
  lawOf(make, name, body, seed);

/** Random rows for one way of a module. */
export const batchFor = <M extends Module>({ context = 0, seed = 3 }: Subject<M>, module: M, way: Way<M>, n: number): Batch =>
  randomBatch(n, way.event(module), context, way.domain, seed);

/** A direction without a closed formula; `analytic` names the other one. */
const numerical = (module: Module, way: string): boolean => "analytic" in module && module.analytic !== "both" && module.analytic !== way;

/** The tolerances of one way of a module: the table's, widened where the way is numerical. */
export async function toleranceFor<M extends Module>(subject: Subject<M>, module: M, { name }: Way<M>): Promise<Tolerance> {
  const table = await toleranceOf(subject);
  const least = numerical(module, name) ? (subject.inverseTolerance ?? 0) : 0;
  const widened = Object.entries(table).map(([key, bound]) => [key, Math.max(bound, least)]);
  return Object.fromEntries(widened) as unknown as Tolerance;
}

/** The same by the name of what was measured. */
export const boundFor = async <M extends Module>(subject: Subject<M>, module: M, way: Way<M>): Promise<(key: string) => number> =>
  boundOf(await toleranceFor(subject, module, way));
