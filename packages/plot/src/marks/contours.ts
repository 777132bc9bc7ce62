import { contours as isolines } from "d3-contour";
import { type Cells, expectCells } from "../cells.js";
import { drawable, extentOf } from "../rows.js";
import { element, short } from "../svg/element.js";
import { stroked, theme } from "../theme.js";
import { expectLinear, type Frame, keyOf, type Mark } from "./mark.js";

/** Lines of equal value on a grid. */
export interface ContourOptions extends Cells {
  readonly values: ArrayLike<number>;
  /** Values of the lines; default eight between the extremes. */
  readonly levels?: readonly number[] | undefined;
  readonly color?: string | undefined;
  readonly width?: number | undefined;
  readonly opacity?: number | undefined;
  readonly label?: string | undefined;
}

/** Contour lines. Cells that are not finite count as the lowest value of all. */
export function contours(options: ContourOptions): Mark {
  expectCells(options, "contours", options.values);
  const { color = theme.colors.ink, label } = options;
  return {
    xs: options.x,
    ys: options.y,
    tight: true,
    key: keyOf(label, color, "line"),
    draw: (frame) => ({
      svg: paths(options, color, frame),
      leftOut: Array.from(options.values).filter(Number.isNaN).length,
    }),
  };
}

function paths(options: ContourOptions, color: string, frame: Frame): string {
  expectLinear(frame.x, "contours");
  expectLinear(frame.y, "contours");
  const extent = extentOf(options.values);
  if (!extent || extent[0] === extent[1]) return "";
  const levels = options.levels ?? Array.from({ length: 8 }, (_, i) => extent[0] + ((i + 1) / 9) * (extent[1] - extent[0]));
  const values = Array.from(options.values, (value) => (drawable(value) ? value : value > 0 ? extent[1] : extent[0]));
  const d = isolines()
    .size([options.nx, options.ny])
    .thresholds([...levels])(values)
    .flatMap(({ coordinates }) => coordinates.flat().map((ring) => ringPath(ring, options, frame)))
    .join("");
  if (d === "") return "";
  return element("path", { d, fill: "none", ...stroked(color), "stroke-width": options.width ?? 1.1, "stroke-opacity": options.opacity });
}

/** A ring without the parts that run along the grid's rim: those belong to no contour. */
function ringPath(ring: readonly (readonly number[])[], { x, y, nx, ny }: Cells, frame: Frame): string {
  let previous: readonly number[] | undefined;
  return ring
    .map((point) => {
      const [column = 0, row = 0] = point;
      const along = previous !== undefined && onRim(previous, point, nx, ny);
      const command = previous === undefined || along ? "M" : "L";
      previous = point;
      return `${command}${short(frame.x.map(x[0] + (column / nx) * (x[1] - x[0])))} ${short(frame.y.map(y[0] + (row / ny) * (y[1] - y[0])))}`;
    })
    .join("");
}

const onRim = (a: readonly number[], b: readonly number[], nx: number, ny: number): boolean =>
  [nx, ny].some((size, axis) => [0, size].some((rim) => a[axis] === rim && b[axis] === rim)) ||
  ([a, b].every((point) => isOnRim(point, nx, ny)) && a[0] !== b[0] && a[1] !== b[1]);

const isOnRim = ([column, row]: readonly number[], nx: number, ny: number): boolean =>
  column === 0 || column === nx || row === 0 || row === ny;
