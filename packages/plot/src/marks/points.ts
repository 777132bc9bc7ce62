import { expectSameLength } from "../check.js";
import { type ColorScale, colorOf } from "../color/color-scale.js";
import { okabeIto } from "../color/palette.js";
import { drawable, type Pairs, pairs, type Rows } from "../rows.js";
import { element, short } from "../svg/element.js";
import { stroked } from "../theme.js";
import { type Drawing, type Frame, keyOf, type Mark } from "./mark.js";

/** How points look. */
export interface PointStyle {
  readonly color?: string | undefined;
  /** A colour for each point instead of one for all. */
  readonly by?: { readonly values: ArrayLike<number>; readonly scale: ColorScale } | undefined;
  /** Pixels; default 1.5, less for many points. */
  readonly radius?: number | undefined;
  /** Default from 0.3 for many points to 0.8 for few. */
  readonly opacity?: number | undefined;
  readonly label?: string | undefined;
}

/** A cloud of points: `rows` (the first two columns unless `columns` says otherwise), or `x` and `y`. */
export type PointOptions = PointStyle & ({ readonly rows: Rows; readonly columns?: readonly [number, number] } | Pairs);

/** Points of a scatter plot. Points that are not finite are left out and counted. */
export function points(options: PointOptions): Mark {
  const { x, y } = "rows" in options ? pairs(options.rows, options.columns) : options;
  expectSameLength(x, y, "points", "x and y");
  if (options.by) expectSameLength(x, options.by.values, "points", "points and their colour values");
  const color = options.color ?? okabeIto[0]!;
  return {
    xs: x,
    ys: y,
    key: keyOf(options.label, color, "dot"),
    colors: options.by?.scale,
    draw: (frame) => cloud({ x, y }, frame, { ...options, color }),
  };
}

/** Points of one path do not darken where they overlap, so a path holds few of them. */
const pathPoints = 48;

function cloud({ x, y }: Pairs, frame: Frame, style: PointStyle & { color: string }): Drawing {
  const paths: string[] = [];
  const open = new Map<string, string[]>();
  let leftOut = 0;
  let outside = 0;
  const close = (color: string, dots: readonly string[]) => paths.push(element("path", { ...stroked(color), d: dots.join("") }));
  for (let i = 0; i < x.length; i++) {
    const left = frame.x.map(x[i]!);
    const top = frame.y.map(y[i]!);
    const color = style.by ? colorOf(style.by.scale, style.by.values[i]!) : style.color;
    if (!drawable(left) || !drawable(top) || color === undefined) leftOut++;
    else if (left < 0 || left > frame.width || top < 0 || top > frame.height) outside++;
    else {
      const dots = open.get(color) ?? [];
      // A tenth of a pixel is enough; a path needs some length for its round caps to show.
      dots.push(`M${short(Math.round(left * 10) / 10)} ${short(Math.round(top * 10) / 10)}h.01`);
      if (dots.length === pathPoints) close(color, dots);
      open.set(color, dots.length === pathPoints ? [] : dots);
    }
  }
  for (const [color, dots] of open) if (dots.length > 0) close(color, dots);
  return { svg: group(style, x.length, paths), leftOut, outside };
}

function group(style: PointStyle, count: number, paths: readonly string[]): string {
  if (paths.length === 0) return "";
  const radius = style.radius ?? (count > 1500 ? 1.3 : count > 300 ? 1.7 : 2.4);
  const opacity = style.opacity ?? (count > 1500 ? 0.45 : count > 300 ? 0.6 : 0.8);
  return element("g", { fill: "none", "stroke-width": 2 * radius, "stroke-linecap": "round", "stroke-opacity": opacity }, ...paths);
}
