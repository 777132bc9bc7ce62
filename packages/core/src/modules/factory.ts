import type { Module, Places, ProgramBuilder, Register, Scope } from "../contracts/index.js";
import { fail } from "../errors.js";
import { knownOptions } from "../options.js";
import { frozen } from "./config.js";
import type { Numbers } from "./module.js";

/** What a definer gives: a function from config to module that knows its type. */
export type Factory<C, M extends Module> = ((config: C) => M) & { readonly type: string };

/** A type, "acme/sinh", with the names of all options of its configuration: others are refused. By its type alone a module takes any. */
export type Kind = string | { readonly type: string; readonly options: readonly string[] };

/** Names a factory by its type. A config is checked and frozen before an author's code sees it. */
export function named<C, M extends Module>(kind: Kind, make: (config: C, type: string) => M): Factory<C, M> {
  const { type, options } = typeof kind === "string" ? { type: kind, options: undefined } : kind;
  return Object.assign((config: C) => make(frozen(type, given(type, config, options)), type), { type });
}

function given<C>(type: string, config: C, options: readonly string[] | undefined): C {
  if (typeof config !== "object" || config === null) return fail("config", type, `expected a configuration as an object, got ${config}.`);
  if (options) knownOptions(type, config, options);
  return config;
}

/** A formula sees its arguments, its module's named numbers, and the call. */
export type Formula<P, S, K, Args extends unknown[], Out> = (...args: [...Args, p: Numbers<P, S, K>, call: Scope]) => Out;

/** A lowering sees registers and named places where a formula sees tensors. */
export type Lower<P, S, K, Args extends unknown[]> = (
  program: ProgramBuilder,
  x: Register,
  p: Places<P> & Places<S> & Places<K>,
  ...args: Args
) => Register;
