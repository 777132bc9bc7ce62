import { expectCount, expectFigure, expectInterval } from "./check.js";
import { drawable, type FlatRows } from "./rows.js";

/** A rectangle cut into nx by ny cells. Values on it are one a cell, row by row from the lowest y, x fastest. */
export interface Cells {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly nx: number;
  readonly ny: number;
}

/** The cells' centres, [nx * ny, 2], in the order in which values are expected back. */
export function cellCenters(cells: Cells): FlatRows & { readonly data: Float64Array; readonly shape: readonly [number, 2] } {
  expectCells(cells, "cellCenters");
  const { x, y, nx, ny } = cells;
  const data = new Float64Array(2 * nx * ny);
  for (let row = 0, at = 0; row < ny; row++) {
    for (let place = 0; place < nx; place++) {
      data[at++] = x[0] + ((place + 0.5) / nx) * (x[1] - x[0]);
      data[at++] = y[0] + ((row + 0.5) / ny) * (y[1] - y[0]);
    }
  }
  return { data, shape: [nx * ny, 2] };
}

/** Checks a grid of cells and, where given, that there is one value a cell. */
export function expectCells(cells: Cells, who: string, values?: ArrayLike<number>): void {
  expectCount(cells.nx, 1, who, "nx");
  expectCount(cells.ny, 1, who, "ny");
  expectInterval(cells.x, who, "x");
  expectInterval(cells.y, who, "y");
  if (!values) return;
  const count = cells.nx * cells.ny;
  expectFigure(values.length === count, who, `expected ${count} values (nx ${cells.nx} by ny ${cells.ny}), got ${values.length}.`);
}

/**
 * Contour levels that enclose the given shares of the mass on the cells (highest-density regions).
 *
 * `density` holds densities up to a factor, not logarithms; shares lie in (0, 1), 0.5 and 0.95 unless told otherwise.
 */
export function massLevels(density: ArrayLike<number>, shares: readonly number[] = [0.5, 0.95]): number[] {
  const sorted = Float64Array.from(density)
    .filter((value) => drawable(value) && value > 0)
    .sort()
    .reverse();
  const total = sorted.reduce((sum, value) => sum + value, 0);
  return shares.flatMap((share) => {
    expectFigure(share > 0 && share < 1, "massLevels", `a share lies between 0 and 1, got ${share}.`);
    let inside = 0;
    const level = sorted.find((value) => (inside += value) >= share * total);
    return level ?? [];
  });
}
