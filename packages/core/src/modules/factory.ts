import type { Module, Places, ProgramBuilder, Register, Scope } from "../contracts/index.js";
import { fail } from "../errors.js";
import { frozen } from "./config.js";
import type { Numbers } from "./module.js";

/** What a definer gives: a function from config to module that knows its type. */
export type Factory<C, M extends Module> = ((config: C) => M) & { readonly type: string };

/** Names a factory by its type. A config is checked and frozen before an author's code sees it. */
export const named = <C, M extends Module>(type: string, make: (config: C) => M): Factory<C, M> =>
  Object.assign((config: C) => make(frozen(type, given(type, config))), { type });

const given = <C>(type: string, config: C): C =>
  typeof config === "object" && config !== null ? config : fail("config", type, `expected a configuration as an object, got ${config}.`);

/** A formula sees its arguments, its module's named numbers, and the call. */
export type Formula<P, S, K, Args extends unknown[], Out> = (...args: [...Args, p: Numbers<P, S, K>, call: Scope]) => Out;

/** A lowering sees registers and named places where a formula sees tensors. */
export type Lower<P, S, K, Args extends unknown[]> = (
  program: ProgramBuilder,
  x: Register,
  p: Places<P> & Places<S> & Places<K>,
  ...args: Args
) => Register;
