import { fail } from "../errors.js";
import { isModule } from "./inside.js";

/** Freezes a config to its depth; refuses what a file cannot hold. Modules in it stay as they are. */
export function frozen<T>(type: string, value: T, path = "config"): T {
  if (isModule(value)) return value;
  if (typeof value === "number" && !Number.isFinite(value)) fail("config", type, `${path} must be finite, got ${value}.`);
  if (!["number", "string", "boolean", "object", "undefined"].includes(typeof value))
    fail("config", type, `${path} must be plain data, got a ${typeof value}. Name functions by a string such as "tanh".`);
  if (typeof value !== "object" || value === null) return value;
  for (const [key, entry] of Object.entries(value)) frozen(type, entry, `${path}.${key}`);
  return Object.freeze(value);
}
