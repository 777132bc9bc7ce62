import type { Variable } from "@tensorflow/tfjs-core";
import { liveSession } from "../backend/session.js";
import type { Children, Module, View } from "../contracts/index.js";
import { fail } from "../errors.js";

/** What core keeps about a module, found by symbol so that two copies of core agree. */
export interface Inside {
  readonly params: readonly View[];
  readonly state: readonly View[];
  readonly constants: Readonly<Record<string, Variable>>;
  readonly retired: readonly string[];
  /** The session whose memory holds the numbers. */
  home: unknown;
  owner: string | undefined;
  disposed: boolean;
  /** Its numbers lie in a buffer that a root above (or itself) frees. */
  lodger: boolean;
  /** Buffers of a whole tree, which this root frees. */
  shared: readonly Variable[];
  /** Nobody has written to it: `reseed` may draw it. */
  fresh: boolean;
}

export const insideKey: unique symbol = Symbol.for("flows.inside") as never;

export const inside = (module: Module): Inside => (module as Module & { readonly [insideKey]: Inside })[insideKey];
export const isModule = (value: unknown): value is Module => typeof value === "object" && value !== null && insideKey in value;

/** The children with their paths: `conditioner`, `bijectors.0`, ... */
export const family = (children: Children): (readonly [path: string, child: Module])[] =>
  Object.entries(children).flatMap(([name, child]) =>
    isModule(child) ? [[name, child] as const] : (child as readonly Module[]).map((c, i) => [`${name}.${i}`, c] as const),
  );

/** Every module of a tree with its path, parents first. */
export function* walk(module: Module, path = ""): Generator<readonly [path: string, module: Module]> {
  yield [path, module];
  for (const [name, child] of family(module.children)) yield* walk(child, path ? `${path}.${name}` : name);
}

/** Refuses a module that was disposed, or whose numbers lie on another backend. */
export function usable(type: string, { disposed, home }: Inside): void {
  if (disposed) fail("disposed", type, "this module was disposed. Build a new one.");
  const live = liveSession();
  if (home === live && live) return;
  if (!live) fail("backend", type, "No backend is ready. Call useBackend(wasm()) first.");
  fail("backend", type, `its numbers are on another backend than ${live?.backend.name}. Call await moveTo(model, backend).`);
}

/** Takes children over, all or none: a refused factory has taken nothing. */
export function own(children: readonly (readonly [path: string, child: Module])[], owner: string): void {
  const seen = new Set<Module>();
  for (const [path, child] of children) {
    if (!isModule(child)) fail("config", owner, `${path} must be a module, got ${JSON.stringify(child)}.`);
    const { owner: other, disposed } = inside(child);
    if (disposed) fail("disposed", owner, `${path} (${child.type}) was disposed. Build a new one.`);
    if (other || seen.has(child))
      fail("config", owner, `${path} (${child.type}) already belongs to ${other ?? owner}. Build a second one.`);
    seen.add(child);
  }
  for (const [, child] of children) inside(child).owner = owner;
}
