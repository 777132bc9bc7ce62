import type { Values } from "./command.js";
import { misuse } from "./usage.js";

export const textOption = (values: Values, name: string): string | undefined => values[name] as string | undefined;

const numberOf = (text: string): number => (text.trim() === "" ? Number.NaN : Number(text));

/** An option as a whole number in a range. */
export function wholeOption(values: Values, name: string, least: number, most = Number.MAX_SAFE_INTEGER): number | undefined {
  const given = textOption(values, name);
  if (given === undefined) return undefined;
  const value = numberOf(given);
  return Number.isSafeInteger(value) && value >= least && value <= most
    ? value
    : misuse(`--${name} takes a whole number from ${least} to ${most}, got "${given}".`);
}

/** An option as a number of at least, or above, a bound. */
export function numberOption(
  values: Values,
  name: string,
  bound: { readonly above: number } | { readonly least: number },
): number | undefined {
  const given = textOption(values, name);
  if (given === undefined) return undefined;
  const value = numberOf(given);
  const fits = Number.isFinite(value) && ("above" in bound ? value > bound.above : value >= bound.least);
  return fits
    ? value
    : misuse(`--${name} takes a number ${"above" in bound ? `above ${bound.above}` : `of at least ${bound.least}`}, got "${given}".`);
}

/** An option as one of a list of names. */
export function choiceOption<T extends string>(values: Values, name: string, known: readonly T[]): T | undefined {
  const given = textOption(values, name);
  if (given === undefined) return undefined;
  return (
    known.find((one) => one === given) ?? misuse(`--${name} takes ${known.slice(0, -1).join(", ")} or ${known.at(-1)}, got "${given}".`)
  );
}

/** An option as a list of names. */
export function listOption(values: Values, name: string): readonly string[] | undefined {
  const parts = textOption(values, name)?.split(",");
  const names = parts?.map((part) => part.trim()).filter((part) => part !== "");
  return names?.length === 0 ? misuse(`--${name} takes names with commas between them, got none.`) : names;
}

/** An option as numbers with commas between them. */
export const numbersOption = (values: Values, name: string): readonly number[] | undefined =>
  textOption(values, name)?.split(",").map(numberOf);
