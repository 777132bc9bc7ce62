import { isFlowsError } from "@flows/core";
import { finiteNumber, wholeNumber } from "@flows/core/author";
import type { Values } from "./command.js";
import { misuse, partsOf } from "./program/usage.js";

export const textOption = (values: Values, name: string): string | undefined => values[name] as string | undefined;

export const numberOf = (text: string): number => (text.trim() === "" ? Number.NaN : Number(text));

/** "checkpoint.every" as "checkpoint-every", "learningRate" as "learning-rate". */
export const dashed = (option: string): string => option.replace(/[A-Z.]/g, (letter) => `-${letter === "." ? "" : letter.toLowerCase()}`);

/** Tells an error of an option in the words of the call; any other error is thrown on. */
export function misuseOf(error: unknown, values: Values): never {
  const { name = "", option = name, expected, model } = (isFlowsError(error) && (error.details as Record<string, string>)) || {};
  const flag = [option, option.split(".")[0]!].map(dashed).find((one) => values[one] !== undefined);
  if (flag === undefined) throw error;
  if (expected === undefined) return misuse(`the model ${model} takes no --${flag}.`);
  return misuse(`--${flag} takes ${expected}, got "${values[flag]}".`);
}

function checked(values: Values, name: string, check: (value: number) => number): number | undefined {
  const given = textOption(values, name);
  try {
    return given === undefined ? undefined : check(numberOf(given));
  } catch (error) {
    return misuseOf(error, values);
  }
}

/** An option as a whole number in a range. */
export const wholeOption = (values: Values, name: string, least: number, most = Number.MAX_SAFE_INTEGER): number | undefined =>
  checked(values, name, (value) => wholeNumber("flows", name, value, least, most));

/** An option as a number of at least, or above, a bound. */
export const numberOption = (
  values: Values,
  name: string,
  bound: { readonly above?: number; readonly least?: number },
): number | undefined => checked(values, name, (value) => finiteNumber("flows", name, value, bound));

/** An option as a list of names. */
export function listOption(values: Values, name: string): readonly string[] | undefined {
  const given = textOption(values, name);
  const names = given === undefined ? undefined : partsOf(given);
  return names?.length === 0 ? misuse(`--${name} takes names with commas between them, got none.`) : names;
}
