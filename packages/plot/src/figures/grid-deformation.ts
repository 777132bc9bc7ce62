import { type Lattice, latticePoints } from "../lattice.js";
import { type Panel, panel } from "../layout/panel.js";
import { gridLines } from "../marks/grid-lines.js";
import type { Rows } from "../rows.js";

/** A grid before and after a map. */
export interface GridDeformationOptions {
  readonly lattice: Lattice;
  /** The map's images of `latticePoints(lattice)`, in that order. */
  readonly moved: Rows;
  readonly titles?: readonly [string, string];
  readonly names?: readonly [before: readonly [string, string], after: readonly [string, string]];
  /** What the right panel shows; default all. */
  readonly view?: { readonly x: readonly [number, number]; readonly y: readonly [number, number] };
}

/** A regular grid and what a map makes of it. */
export function gridDeformation(options: GridDeformationOptions): [before: Panel, after: Panel] {
  const { lattice, moved, view } = options;
  const [before, after] = options.titles ?? ["Regular grid", "Grid through the map"];
  const [from, to] = options.names ?? [
    ["z₁", "z₂"],
    ["x₁", "x₂"],
  ];
  return [
    panel({
      title: before,
      x: { label: from[0] },
      y: { label: from[1] },
      equal: true,
      marks: [gridLines({ lattice, points: latticePoints(lattice) })],
    }),
    panel({
      title: after,
      x: { label: to[0], domain: view?.x },
      y: { label: to[1], domain: view?.y },
      equal: true,
      marks: [gridLines({ lattice, points: moved })],
    }),
  ];
}
