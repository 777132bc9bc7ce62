import { fail } from "../errors.js";

/** What a table has under a name; refuses a name that it does not have. */
export const known = <T>(where: string, what: string, table: Readonly<Record<string, T>>, name: string): T =>
  Object.hasOwn(table, name)
    ? table[name]!
    : fail("config", where, `${what} must be one of ${Object.keys(table).join(", ")}, got ${String(name)}.`);
