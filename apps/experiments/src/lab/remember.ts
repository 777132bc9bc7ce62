import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeAtomic } from "@flows/core/node";
import type { Notebook } from "./notebook.js";

/**
 * What `make` finds, from the file of an earlier run with the same options where there is one: an interrupted sweep goes on
 * with its next seed. Quick and full runs keep apart.
 */
export async function remember<T>({ folder, quick }: Notebook, key: string, options: unknown, make: () => Promise<T>): Promise<T> {
  const path = join(folder, quick ? "quick" : "seeds", `${key}.json`);
  const wanted = JSON.stringify(options);
  const known = existsSync(path) ? parsed(readFileSync(path, "utf8")) : undefined;
  if (known && JSON.stringify(known.options) === wanted) return known.value as T;
  const value = await make();
  await writeAtomic(path, JSON.stringify({ options: JSON.parse(wanted), value }));
  return value;
}

/** A file that somebody cut short counts as none. */
function parsed(text: string): { readonly options: unknown; readonly value: unknown } | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
