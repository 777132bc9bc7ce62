import { finiteNumber, wholeNumber } from "./checks.js";
import { fail } from "./errors.js";

/** One option of a function, told once: type, meaning, default and check. */
export interface Option<T, U = T | undefined> {
  /** What it is, in a sentence; with the unit, and with the default where that depends on other things. */
  readonly help: string;
  /** Its value where nothing is said. */
  readonly usual: U;
  /** Throws FlowsError "config" for what it cannot be. */
  check(where: string, name: string, value: T): unknown;
}

/** What a function with such a table of options takes. */
export type OptionsOf<Table> = { readonly [Name in keyof Table]?: (Table[Name] extends Option<infer T, unknown> ? T : never) | undefined };

/** A table of options, made by a function so that bundlers leave it out of a page where nobody asks for it. */
export const optionTable = <T>(make: () => T): T => make();

/** Refuses options that are not known. */
export function knownOptions(where: string, options: object, known: readonly string[]): void {
  const option = Object.keys(options).find((name) => !known.includes(name));
  if (option !== undefined)
    fail("config", where, `there is no option ${option}. Known: ${known.join(", ") || "none"}.`, { details: { option, known } });
}

/** Refuses options that the table does not know, and values that they cannot have. */
export function checkOptions(where: string, table: Readonly<Record<string, Option<unknown>>>, options: object): void {
  knownOptions(where, options, Object.keys(table));
  for (const [name, value] of Object.entries(options)) if (value !== undefined) table[name]!.check(where, name, value);
}

/** An option that is a whole number. */
export const whole = <U extends number | undefined>(help: string, usual: U, least = 1): Option<number, U> => ({
  help,
  usual,
  check: (where, name, value) => wholeNumber(where, name, value, least),
});

/** An option that is a finite number. */
export const finite = <U extends number | undefined>(
  help: string,
  usual: U,
  bounds: Parameters<typeof finiteNumber>[3],
): Option<number, U> => ({ help, usual, check: (where, name, value) => finiteNumber(where, name, value, bounds) });

/** An option that is a function. */
export const callable = <T>(help: string): Option<T, undefined> => ({
  help,
  usual: undefined,
  check: (where, name, value) => typeof value === "function" || fail("config", where, `${name} must be a function, got ${typeof value}.`),
});

/** A number from 0 to below 1. */
export function fraction(where: string, name: string, value: number): void {
  if (finiteNumber(where, name, value, { least: 0 }) >= 1) fail("config", where, `${name} must be below 1, got ${value}.`);
}
