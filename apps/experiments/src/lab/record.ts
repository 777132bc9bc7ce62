/** One seed's value, with the standard error of its paired mean where it has one. */
export interface SeedValue {
  readonly seed: number;
  readonly value: number;
  readonly standardError?: number | undefined;
}

/** One line of an experiment's table. */
export interface Row {
  /** The line of the acceptance list that the row belongs to, "000.10". */
  readonly id: string;
  readonly quantity: string;
  /** What the document prints or claims; null where it gives no figure. */
  readonly document: number | string | null;
  /** Ours: the mean where there are several seeds. */
  readonly ours: number;
  /** The exact best value that any model can reach; null where there is none. */
  readonly floor: number | null;
  readonly seeds: readonly SeedValue[];
}

/** A row as an experiment gives it: seeds instead of their mean. */
export interface RowOptions {
  readonly id: string;
  readonly quantity: string;
  readonly document?: number | string | null;
  readonly floor?: number | null;
  /** A value that no seed changes, or one for each seed. */
  readonly ours: number | readonly SeedValue[];
}

export const mean = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0) / values.length;

/** Fills a row in: several seeds are averaged. */
export function rowOf({ id, quantity, document = null, floor = null, ours }: RowOptions): Row {
  const seeds = typeof ours === "number" ? [] : ours;
  return { id, quantity, document, ours: typeof ours === "number" ? ours : mean(seeds.map(({ value }) => value)), floor, seeds };
}

/** To four decimals, as documents print. */
export const rounded = (value: number): number => Math.round(1e4 * value) / 1e4;

/** So many decimals, with a true minus sign and no negative zero. */
export function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "−");
}
