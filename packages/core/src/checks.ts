import type { Shape } from "./contracts/index.js";
import { fail } from "./errors.js";

const show = (value: unknown): string => (typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value)));

/** A whole number in a range, or an error that names it. */
export function wholeNumber(where: string, name: string, value: unknown, least = 1, most = 2 ** 31 - 1): number {
  if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) return value as number;
  return fail("config", where, `${name} must be a whole number from ${least} to ${most}, got ${show(value)}.`);
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
  return fail("config", where, `${name} must be a finite number${bound}, got ${show(value)}.`);
}

/** One of a list of names, or an error that lists them. */
export function oneOf<T extends string>(where: string, name: string, value: unknown, known: readonly T[]): T {
  return known.includes(value as T)
    ? (value as T)
    : fail("config", where, `${name} must be one of ${known.join(", ")}, got ${show(value)}.`);
}

/** Finite numbers of one shape, flattened by the caller; or an error that names them. */
export function finiteList(where: string, name: string, value: unknown, length?: number): readonly number[] {
  const good = Array.isArray(value) && value.every((v) => Number.isFinite(v)) && (length === undefined || value.length === length);
  return good
    ? (value as readonly number[])
    : fail("config", where, `${name} must be ${length ?? "some"} finite numbers, got ${show(value)}.`);
}

/** Refuses events of another shape than the one expected. */
export function sameShape(where: string, expected: Shape, event: Shape): Shape {
  if (expected.length === event.length && expected.every((n, i) => n === event[i])) return event;
  return fail("shape", where, `expected events [${expected}], got [${event}].`);
}
