import { programEngine } from "../backend/session.js";
import type { Call, Program, ProgramEngine, Shape } from "../contracts/index.js";
import { onReference } from "../kernels/op.js";
import { sizeOf } from "../modules/params.js";
import { attempt, type Lowering, Refusal } from "./compile.js";
import type { Link } from "./links.js";

/** Links that one program runs together, or one that runs by itself, and why. */
export type Stretch = Together | Alone;
export interface Together {
  readonly links: readonly Link[];
  readonly program: Program;
  readonly engine: ProgramEngine;
  /** The event shape after it. */
  readonly event: Shape;
}
export interface Alone {
  readonly link: Link;
  readonly why: string;
}

const contextOf = (links: readonly Link[]): number => Math.max(0, ...links.map(({ contextFeatures }) => contextFeatures));

function compiled(links: readonly Link[], features: number, mode: Pick<Lowering, "training" | "sharedContext">): Program | Refusal {
  return attempt({ ...mode, features, contextFeatures: contextOf(links) }, (program, x) =>
    links.reduce((value, link) => link.lower(program, value), x),
  );
}

/** Why a program does not run on an engine; undefined where it does. */
function refusal(program: Program | Refusal, { ops }: ProgramEngine): string | undefined {
  if (program instanceof Refusal) return `${program.type} has no lowering`;
  const missing = program.steps.find(({ spec }) => !ops.has(spec.op));
  return missing && `the backend has no kernel for the op ${missing.spec.op}: pass the plugin that brings it to the backend`;
}

/** Cuts a way into stretches: as few programs as there can be, and between them the links that do not run in one. */
export function cut(
  links: readonly Link[],
  event: Shape,
  engine: ProgramEngine,
  mode: Pick<Lowering, "training" | "sharedContext">,
): readonly Stretch[] {
  const events = links.reduce((shapes, link) => [...shapes, link.after(shapes.at(-1)!)], [event]);
  const together = (from: number, to: number): Together | undefined => {
    const part = links.slice(from, to);
    const program = compiled(part, sizeOf(events[from]!), mode);
    if (program instanceof Refusal || refusal(program, engine) || program.steps.length === 0) return undefined;
    return { links: part, program, engine, event: events[to]! };
  };
  const whole = together(0, links.length);
  if (whole) return [whole];
  const whys = links.map((link, i) => refusal(compiled([link], sizeOf(events[i]!), mode), engine));
  const stretches: Stretch[] = [];
  for (let from = 0; from < links.length; ) {
    const end = whys.findIndex((why, i) => i >= from && why !== undefined);
    const to = end < 0 ? links.length : end;
    const found = to > from ? together(from, to) : undefined;
    if (found) stretches.push(found);
    else for (const link of links.slice(from, to)) stretches.push({ link, why: "it changes nothing" });
    if (end >= 0) stretches.push({ link: links[end]!, why: whys[end]! });
    from = to + 1;
  }
  return stretches;
}

const alone = (link: Link): Alone => ({ link, why: "this backend runs no programs" });
const isStale = (stretch: Stretch): boolean => "program" in stretch && stretch.program.buffers.some(({ isDisposed }) => isDisposed);

/**
 * The stretches of a way on the backend that is active, cut on first use for each mode and event shape. A program whose numbers have
 * moved to another buffer is compiled anew.
 */
export function stretchesOf(links: readonly Link[]): (event: Shape, call: Call) => readonly Stretch[] {
  const single = links.map(alone);
  const known = new WeakMap<ProgramEngine, Map<string, readonly Stretch[]>>();
  return (event, { training = false, context }) => {
    const engine = onReference() ? undefined : programEngine();
    if (!engine) return single;
    const ofEngine = known.get(engine) ?? new Map<string, readonly Stretch[]>();
    known.set(engine, ofEngine);
    const sharedContext = context?.shape[0] === 1;
    const key = `${event} ${training} ${sharedContext}`;
    const found = ofEngine.get(key);
    if (found && !found.some(isStale)) return found;
    const made = cut(links, event, engine, { training, sharedContext });
    ofEngine.set(key, made);
    return made;
  };
}
