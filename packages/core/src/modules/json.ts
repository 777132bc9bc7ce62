import type { Module } from "../contracts/index.js";
import { fail } from "../errors.js";
import { isModule } from "./inside.js";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The saved form of a module: `{ module: type, config }`, with the modules in its config in the same form. */
export function toJSON(value: unknown): Json {
  if (isModule(value)) return { module: (value as Module).type, config: toJSON((value as Module).config) };
  if (Array.isArray(value)) return value.map(toJSON);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).flatMap(([key, entry]) => (entry === undefined ? [] : [[key, toJSON(entry)]])));
  if (value === null || typeof value === "string" || typeof value === "boolean" || Number.isFinite(value)) return value as Json;
  return fail(
    "config",
    "flows/json",
    `a config holds finite numbers, strings, booleans, lists, objects and modules, got ${String(value)}.`,
  );
}
