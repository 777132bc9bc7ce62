import { keep, type Tensor, tidy } from "@tensorflow/tfjs-core";
import { session } from "../backend/session.js";
import type { Call, Children, Constants, Module, Named, Scope, Specs } from "../contracts/index.js";
import { disposeKey } from "../dispose-key.js";
import { fail } from "../errors.js";
import { draws } from "../random/draws.js";
import { family, type Inside, insideKey, own, usable } from "./inside.js";
import { hold, initial, pack, viewIn, writeViews } from "./params.js";
import { open } from "./unpack.js";

/** What an author declares beside the formulas. */
export interface ModuleParts<P extends Specs, S extends Specs, K extends Constants> {
  /** Trained, counted, saved. */
  readonly params?: P;
  /** Not trained, saved. */
  readonly state?: S;
  /** Derived from the config: neither trained nor saved. */
  readonly constants?: K;
  /** True for a module that reads no context itself but hands it on: one row that serves all rows reaches its children as it is. */
  readonly handsOnContext?: boolean;
  /** State that files written by earlier versions hold and that is no more: read past. */
  readonly retired?: readonly string[];
  readonly children?: Children;
}
export type Numbers<P, S, K> = Named<P> & Named<S> & Named<K>;

/** Runs a formula: named tensors in, intermediates freed. */
export type RunFormula<P, S, K> = <T extends Tensor | Tensor[]>(
  call: Call | undefined,
  formula: (p: Numbers<P, S, K>, scope: Scope) => T,
) => T;

/** What every module has: its numbers, its children, its end. */
export function assemble<C, P extends Specs, S extends Specs, K extends Constants>(
  type: string,
  config: C,
  parts: ModuleParts<P, S, K>,
): { base: Module<C>; run: RunFormula<P, S, K> } {
  const home = session();
  const children = parts.children ?? {};
  own(family(children), type);
  const held: Inside = {
    home,
    params: pack(parts.params ?? {}, true),
    state: Object.entries(parts.state ?? {}).flatMap(([name, spec]) => pack({ [name]: spec }, false)),
    constants: Object.fromEntries(Object.entries(parts.constants ?? {}).map(([name, make]) => [name, hold(make, false)])),
    retired: parts.retired ?? [],
    owner: undefined,
    lodger: false,
    shared: [],
    disposed: false,
    fresh: true,
  };
  tidy(() => writeViews([...held.params, ...held.state].map((view) => [view, initial(view, 0, type)])));
  const dispose = (): void => release(held, children);
  const base = { type, config, children, dispose, [disposeKey]: dispose, [insideKey]: held } as Module<C>;
  const run: RunFormula<P, S, K> = (call, formula) => {
    usable(type, held);
    return tidy(() => formula(numbers(held) as Numbers<P, S, K>, scoped(type, held, call ?? {})));
  };
  return { base, run };
}

function release(held: Inside, children: Children): void {
  if (held.disposed) return;
  held.disposed = true;
  const own = held.lodger ? held.shared : new Set([...held.params, ...held.state].map(({ buffer }) => buffer));
  for (const variable of own) variable.dispose();
  for (const variable of Object.values(held.constants)) variable.dispose();
  for (const [, child] of family(children)) child.dispose();
}

const numbers = ({ params, state, constants }: Inside): Record<string, Tensor> => ({
  ...open(params),
  ...constants,
  ...Object.fromEntries(state.map((view) => [view.name, viewIn(view, view.buffer)])),
});

function scoped(type: string, { params, state }: Inside, call: Call): Scope {
  const update = (name: string, value: Tensor): void => {
    const view = [...state, ...params].find((v) => v.name === name) ?? fail("config", type, `update knows no number named ${name}.`);
    call.updates?.get(view)?.dispose();
    call.updates?.set(view, keep(value.clone()));
  };
  return { ...call, training: call.training ?? false, draws: call.draws ?? draws(0), update };
}
