/** Throws a RangeError that says who expected what. */
export function expectFigure(holds: boolean, who: string, text: string): asserts holds {
  if (!holds) throw new RangeError(`flows/plot ${who}: ${text}`);
}

/** Checks an interval [low, high] with low < high, both finite. */
export function expectInterval(interval: readonly [number, number], who: string, name: string): void {
  const [low, high] = interval;
  expectFigure(
    Number.isFinite(low) && Number.isFinite(high) && low < high,
    who,
    `${name} expects [low, high] with low below high, got [${interval}].`,
  );
}

/** Checks a whole number of at least `least`. */
export function expectCount(value: number, least: number, who: string, name: string): void {
  expectFigure(Number.isInteger(value) && value >= least, who, `${name} must be a whole number of at least ${least}, got ${value}.`);
}

/** Checks that two columns are equally long. */
export function expectSameLength(a: ArrayLike<unknown>, b: ArrayLike<unknown>, who: string, names: string): void {
  expectFigure(a.length === b.length, who, `${names} must be equally long, got ${a.length} and ${b.length}.`);
}
