import { finiteNumber, wholeNumber } from "@flows/core/author";
import type { Toy } from "../toy.js";
import { defineToy } from "./define-toy.js";

export interface CheckerboardConfig {
  /** Cells along a side; default 4. */
  readonly cells?: number;
  /** Length of the board's side, centred on the origin; default 8. */
  readonly width?: number;
}

/** Uniform on every other cell of a square board, the one at the lower left among them; the label is the cell. */
export function checkerboard({ cells = 4, width = 8 }: CheckerboardConfig = {}): Toy {
  wholeNumber("checkerboard", "cells", cells, 1, 64);
  finiteNumber("checkerboard", "width", width, { above: 0 });
  const side = width / cells;
  const all = Array.from({ length: cells * cells }, (_, i) => [i % cells, Math.floor(i / cells)] as const);
  const filled = all.filter(([i, j]) => (i + j) % 2 === 0);
  const centre = (index: number): number => (index + 0.5) * side - width / 2;
  // Cells are closed and wider by a float32 rounding, so that no drawn row falls off its cell.
  const inside = (value: number, index: number): boolean => Math.abs(value - centre(index)) <= side / 2 + width * 2 ** -24;
  const log = -2 * Math.log(side);
  return defineToy({
    name: "checkerboard",
    config: { cells, width },
    features: 2,
    classes: filled.length,
    draws: 2,
    row: (label, u) => filled[label]!.map((index, k) => centre(index) + side * (u[k]! - 0.5)),
    logDensity: (x, label) => (filled[label]!.every((index, k) => inside(x[k]!, index)) ? log : Number.NEGATIVE_INFINITY),
    population: () => {
      const squares = [0, 1].map((k) => filled.reduce((total, cell) => total + centre(cell[k]!) ** 2, 0) / filled.length);
      const sd = squares.map((square) => Math.sqrt(square + side ** 2 / 12));
      return { mass: 1, entropy: Math.log(filled.length) - log, entropyGivenLabel: -log, mean: [0, 0], sd };
    },
  });
}
