import type { Module, RowKernel } from "./contracts/index.js";
import { flow } from "./distributions/flow.js";
import { normal } from "./distributions/normal.js";
import { uniform } from "./distributions/uniform.js";
import { fail } from "./errors.js";
import type { RowExamples } from "./kernels/row-op.js";
import { chain } from "./maps/chain.js";
import { invert } from "./maps/invert.js";
import { inside, isModule } from "./modules/inside.js";
import type { Json } from "./modules/json.js";

/** A factory of any module. */
export type AnyFactory = ((config: never) => Module) & { readonly type: string };

/** What a package adds: modules by type, their row ops, and kernels for those. */
export interface Plugin {
  /** The prefix of all its types: "acme" for "acme/sinh". */
  readonly name: string;
  readonly spec: 1;
  readonly modules: readonly AnyFactory[];
  /** Its row ops with examples: the kit checks kernels by them. */
  readonly ops?: readonly RowExamples[];
  readonly kernels?: readonly RowKernel[];
}

export interface Registry {
  readonly types: readonly string[];
  fromJSON(json: Json): Module;
}

const core: Plugin = { name: "flows", spec: 1, modules: [chain, flow, invert, normal, uniform] as readonly AnyFactory[] };

/**
 * Knows how to build modules from their saved form: core's own and the plugins'.
 *
 * @example
 * const registry = createRegistry([bijectors, acme]);
 */
export function createRegistry(plugins: readonly Plugin[]): Registry {
  const table = new Map<string, AnyFactory>();
  for (const plugin of [core, ...plugins]) add(table, plugin);
  const types = [...table.keys()].sort();
  return {
    types,
    fromJSON: (json) => revive(table, types, json, "module"),
  };
}

function add(table: Map<string, AnyFactory>, { name, spec, modules }: Plugin): void {
  if (spec !== 1) fail("registry", name, `this plugin follows spec ${String(spec)}, but this core knows spec 1. Update one of them.`);
  for (const factory of modules) {
    if (!factory.type.startsWith(`${name}/`)) fail("registry", name, `${factory.type} must start with ${name}/.`);
    if (table.has(factory.type)) fail("registry", name, `${factory.type} is already registered. Pass each plugin once.`);
    table.set(factory.type, factory);
  }
}

/** Rebuilds configs from the leaves up. On failure what was built so far is freed. */
function revive(table: ReadonlyMap<string, AnyFactory>, types: readonly string[], json: Json, path: string): Module {
  const made: Module[] = [];
  const build = (value: Json, at: string): unknown => {
    if (Array.isArray(value)) return value.map((entry, i) => build(entry, `${at}.${i}`));
    if (typeof value !== "object" || value === null) return value;
    const object = value as { readonly [key: string]: Json };
    if (typeof object.module !== "string")
      return Object.fromEntries(Object.entries(object).map(([key, entry]) => [key, build(entry, `${at}.${key}`)]));
    const factory =
      table.get(object.module) ??
      fail("registry", at, `${object.module} is not known. Pass its plugin to createRegistry. Known: ${types.join(", ")}.`, {
        details: { type: object.module, known: types },
      });
    const module = factory(build(object.config ?? null, `${at}.config`) as never);
    made.push(module);
    return module;
  };
  try {
    const value = build(json, path);
    if (!isModule(value)) fail("registry", path, "expected a saved module { module, config }.");
    const stray = made.find((module) => module !== value && inside(module).owner === undefined);
    if (stray) fail("registry", path, `${stray.type} stands where no module belongs. Take the configuration as it was saved.`);
    return value as Module;
  } catch (error) {
    for (const module of made) module.dispose();
    throw error;
  }
}
