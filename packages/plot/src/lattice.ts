import { expectCount, expectInterval } from "./check.js";
import type { FlatRows } from "./rows.js";

/** A regular grid of lines, to be pushed through a map. */
export interface Lattice {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  /** Lines in each direction; default 17. */
  readonly lines?: number;
  /** Points along each line; default 81, so that bends show. */
  readonly steps?: number;
}

/** Points along the level lines, then along the upright ones: [2 lines steps, 2]. */
export function latticePoints(lattice: Lattice): FlatRows & { readonly data: Float64Array; readonly shape: readonly [number, 2] } {
  const { lines, steps } = latticeSize(lattice);
  const along = ([low, high]: readonly [number, number], i: number, count: number) => low + ((high - low) * i) / (count - 1);
  const data = new Float64Array(4 * lines * steps);
  for (let one = 0; one < lines; one++) {
    for (let step = 0; step < steps; step++) {
      data.set([along(lattice.x, step, steps), along(lattice.y, one, lines)], 2 * (one * steps + step));
      data.set([along(lattice.x, one, lines), along(lattice.y, step, steps)], 2 * ((lines + one) * steps + step));
    }
  }
  return { data, shape: [2 * lines * steps, 2] };
}

/** Lines and points a line, checked. */
export function latticeSize({ x, y, lines = 17, steps = 81 }: Lattice): { lines: number; steps: number } {
  expectInterval(x, "lattice", "x");
  expectInterval(y, "lattice", "y");
  expectCount(lines, 2, "lattice", "lines");
  expectCount(steps, 2, "lattice", "steps");
  return { lines, steps };
}
