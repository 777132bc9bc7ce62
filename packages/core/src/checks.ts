import { affordable } from "./budget.js";
import type { Shape } from "./contracts/index.js";
import { fail } from "./errors.js";

const show = (value: unknown): string => (typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value)));

/** Refuses a value; the details tell programs its name and what it must be. */
const refuse = (where: string, name: string, value: unknown, must: string, expected = must): never =>
  fail("config", where, `${name} must be ${must}, got ${show(value)}.`, { details: { name, expected } });

/** A whole number in a range, or an error that names it. */
export function wholeNumber(where: string, name: string, value: unknown, least = 1, most = 2 ** 31 - 1): number {
  if (!(Number.isInteger(value) && (value as number) >= least && (value as number) <= most))
    return refuse(where, name, value, `a whole number from ${least} to ${most}`);
  if (!affordable(value as number)) return refuse(where, name, value, "no more than the numbers that the file holds");
  return value as number;
}

/** A finite number in an open or half-open range, or an error that names it. */
export function finiteNumber(
  where: string,
  name: string,
  value: unknown,
  { above, least }: { above?: number; least?: number } = {},
): number {
  const fits = Number.isFinite(value) && !((value as number) <= (above ?? -Infinity)) && !((value as number) < (least ?? -Infinity));
  if (fits) return value as number;
  const bound = above !== undefined ? ` above ${above}` : least !== undefined ? ` of at least ${least}` : "";
  return refuse(where, name, value, `a finite number${bound}`, `a number${bound}`);
}

/** One of a list of names, or an error that lists them. */
export function oneOf<T extends string>(where: string, name: string, value: unknown, known: readonly T[]): T {
  if (known.includes(value as T)) return value as T;
  return refuse(where, name, value, `one of ${known.join(", ")}`, `${known.slice(0, -1).join(", ")} or ${known.at(-1)}`);
}

/** Finite numbers of one shape, flattened by the caller; or an error that names them. */
export function finiteList(where: string, name: string, value: unknown, length?: number): readonly number[] {
  const good = Array.isArray(value) && value.every((v) => Number.isFinite(v)) && (length === undefined || value.length === length);
  return good ? (value as readonly number[]) : refuse(where, name, value, `${length ?? "some"} finite numbers`);
}

/** Refuses events of another shape than the one expected. */
export function sameShape(where: string, expected: Shape, event: Shape): Shape {
  if (expected.length === event.length && expected.every((n, i) => n === event[i])) return event;
  return fail("shape", where, `expected events [${expected}], got [${event}].`);
}
