import type { CompiledRows } from "@flows/core/author";

/** The exports of our own module that compute a row op: codegen lists them by the same rule. */
export const ownRows = (op: string): CompiledRows => ({ forward: `${op}Forward`, backward: `${op}Backward` });

/** The row ops that our own module computes. */
export const ownOps = (exports: object): readonly string[] =>
  Object.keys(exports).flatMap((name) => (name.endsWith("Forward") ? [name.slice(0, -"Forward".length)] : []));
