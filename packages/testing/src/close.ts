/** Numbers by name, as they were read back. */
export type Numbers = ArrayLike<number>;
export type Result = Readonly<Record<string, Numbers>>;

/** A law does not hold. */
export function broken(text: string): never {
  throw new Error(text);
}

/** Every number within tolerance * (1 + |wanted|); a wanted infinity must be met exactly. */
export function close(what: string, got: Numbers, want: Numbers, tolerance: number): void {
  if (got.length !== want.length) broken(`${what}: ${got.length} numbers, expected ${want.length}`);
  for (let i = 0; i < want.length; i++) {
    const [a, b] = [got[i]!, want[i]!];
    if (a === b || (Number.isFinite(b) && Math.abs(a - b) <= tolerance * (1 + Math.abs(b)))) continue;
    broken(`${what}: number ${i} is ${a}, expected ${b} within ${tolerance} (1 + |${b}|)`);
  }
}

/** The same names, and close numbers under each; the tolerance may depend on the name. */
export function same(what: string, got: Result, want: Result, tolerance: (key: string) => number): void {
  const [have, need] = [Object.keys(got).sort(), Object.keys(want).sort()];
  if (have.join() !== need.join()) broken(`${what}: got ${have.join(", ")}, expected ${need.join(", ")}`);
  for (const key of need) close(`${what}, ${key}`, got[key]!, want[key]!, tolerance(key));
}

/** The largest |got - want| / (1 + |want|). */
export const distance = (got: Numbers, want: Numbers): number =>
  Array.from(want).reduce(
    (worst, b, i) => Math.max(worst, got[i] === b ? 0 : Number.isFinite(b) ? Math.abs(got[i]! - b) / (1 + Math.abs(b)) : Infinity),
    0,
  );

/** The largest |value|. */
export const largest = (values: Numbers): number => Array.from(values).reduce((most, v) => Math.max(most, Math.abs(v)), 0);
