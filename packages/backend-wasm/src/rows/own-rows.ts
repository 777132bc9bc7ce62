import type { CompiledRows } from "@flows/core/author";

/** The exports of our own module that compute a row op: codegen lists them by the same rule. */
export const ownRows = (op: string): CompiledRows => ({ forward: `${op}Forward`, backward: `${op}Backward` });
