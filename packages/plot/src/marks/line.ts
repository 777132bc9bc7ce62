import { line as lineThrough } from "d3-shape";
import { expectSameLength } from "../check.js";
import { okabeIto } from "../color/palette.js";
import { drawable, type Pairs } from "../rows.js";
import { element, short } from "../svg/element.js";
import { stroked, theme } from "../theme.js";
import { type Drawing, type Frame, keyOf, type Mark } from "./mark.js";

/** A curve through (x, y), in the order given. */
export interface LineOptions extends Pairs {
  readonly color?: string | undefined;
  /** Pixels; default 1.8. */
  readonly width?: number | undefined;
  /** An SVG dash pattern, "5 4". */
  readonly dash?: string | undefined;
  readonly opacity?: number | undefined;
  /** Draws a dot at each point. */
  readonly dots?: boolean | undefined;
  readonly label?: string | undefined;
}

/** A curve; it breaks where a value is not finite, and those are counted. */
export function line(options: LineOptions): Mark {
  expectSameLength(options.x, options.y, "line", "x and y");
  const color = options.color ?? okabeIto[0]!;
  return {
    xs: options.x,
    ys: options.y,
    key: keyOf(options.label, color, "line", options.dash),
    draw: (frame) => curve({ ...options, color }, frame),
  };
}

function curve(options: LineOptions & { color: string }, frame: Frame): Drawing {
  const { d, dots, leftOut } = trace(options, frame);
  const { color, dash, opacity, width = theme.stroke.line } = options;
  const shared = { fill: "none", ...stroked(color), "stroke-opacity": opacity, "stroke-linejoin": "round", "stroke-linecap": "round" };
  const stroke = d === "" ? "" : element("path", { ...shared, d, "stroke-width": width, "stroke-dasharray": dash });
  const marks = options.dots && dots !== "" ? element("path", { ...shared, d: dots, "stroke-width": 3.6 * width }) : "";
  return { svg: stroke + marks, leftOut };
}

type Place = readonly [left: number, top: number];

/** Path data of a curve, broken where a point has no place, and of its dots. */
export function trace({ x, y }: Pairs, frame: Frame): { d: string; dots: string; leftOut: number } {
  const places = Array.from(x, (value, i): Place => [frame.x.map(value), frame.y.map(y[i]!)]);
  const shown = places.filter(isPlace);
  return {
    d:
      lineThrough<Place>(
        ([left]) => pixel(left),
        ([, top]) => pixel(top),
      )
        .defined(isPlace)
        .digits(2)(places) ?? "",
    dots: shown.map(([left, top]) => `M${short(pixel(left))} ${short(pixel(top))}h.01`).join(""),
    leftOut: places.length - shown.length,
  };
}

const isPlace = ([left, top]: Place): boolean => drawable(left) && drawable(top);

/** Renderers lose precision far outside the box, where nothing is seen anyway. */
export const pixel = (value: number): number => Math.min(1e5, Math.max(-1e5, value));
