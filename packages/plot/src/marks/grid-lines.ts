import { expectFigure } from "../check.js";
import { roles } from "../color/palette.js";
import { type Lattice, latticeSize } from "../lattice.js";
import { column, type Rows, rowCount } from "../rows.js";
import { element } from "../svg/element.js";
import { stroked } from "../theme.js";
import { trace } from "./line.js";
import type { Drawing, Frame, Mark } from "./mark.js";

/** A grid and where a map sent its points. */
export interface GridLineOptions {
  readonly lattice: Lattice;
  /** The images of `latticePoints(lattice)`, in that order. */
  readonly points: Rows;
  /** Level lines and upright lines. */
  readonly colors?: readonly [string, string];
  readonly opacity?: number;
}

/** A deformed grid: level lines in one colour, upright ones in another. */
export function gridLines(options: GridLineOptions): Mark {
  const { lines, steps } = latticeSize(options.lattice);
  const expected = 2 * lines * steps;
  const count = rowCount(options.points);
  expectFigure(count === expected, "gridLines", `expected the ${expected} points of the lattice, got ${count}.`);
  const [x, y] = [column(options.points, 0), column(options.points, 1)];
  const piece = (one: number) => ({ x: x.subarray(one * steps, (one + 1) * steps), y: y.subarray(one * steps, (one + 1) * steps) });
  return {
    xs: x,
    ys: y,
    draw: (frame) =>
      drawn(
        Array.from({ length: 2 * lines }, (_, one) => piece(one)),
        options,
        frame,
      ),
  };
}

function drawn(curves: readonly { x: Float64Array; y: Float64Array }[], options: GridLineOptions, frame: Frame): Drawing {
  const { colors = [roles.model, roles.second], opacity = 0.75 } = options;
  const traced = curves.map((curve) => trace(curve, frame));
  const half = traced.length / 2;
  const paths = [traced.slice(0, half), traced.slice(half)].map((family, i) => {
    const d = family.map((one) => one.d).join("");
    return d === "" ? "" : element("path", { d, ...stroked(colors[i]!) });
  });
  return {
    svg: element("g", { fill: "none", "stroke-width": 1, "stroke-opacity": opacity, "stroke-linejoin": "round" }, ...paths),
    leftOut: traced.reduce((sum, one) => sum + one.leftOut, 0),
  };
}
