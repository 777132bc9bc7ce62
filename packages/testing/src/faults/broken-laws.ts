import type { Law } from "../law.js";

export interface BrokenLaw {
  readonly law: string;
  readonly why: string;
}

/** Runs every law; those that do not hold, and why. */
export async function brokenLaws(laws: readonly Law[]): Promise<BrokenLaw[]> {
  const found: BrokenLaw[] = [];
  for (const { name, check } of laws) await check().catch((error: Error) => found.push({ law: name, why: error.message }));
  return found;
}
