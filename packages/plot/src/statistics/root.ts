/** The root of an increasing function between `low` and `high`, by bisection down to the last digit that doubles tell apart. */
export function rootOf(increasing: (x: number) => number, low: number, high: number): number {
  let [below, above] = [low, high];
  for (let step = 0; step < 200; step++) {
    const middle = below + (above - below) / 2;
    if (middle <= below || middle >= above) break;
    if (increasing(middle) < 0) below = middle;
    else above = middle;
  }
  return below + (above - below) / 2;
}
