import { area } from "d3-shape";
import { expectSameLength } from "../check.js";
import { okabeIto } from "../color/palette.js";
import { drawable } from "../rows.js";
import { element } from "../svg/element.js";
import { filled } from "../theme.js";
import { pixel } from "./line.js";
import { type Drawing, type Frame, keyOf, type Mark } from "./mark.js";

/** A filled strip between two curves over the same x; `low` may be one number. */
export interface BandOptions {
  readonly x: ArrayLike<number>;
  readonly low: ArrayLike<number> | number;
  readonly high: ArrayLike<number>;
  readonly color?: string | undefined;
  readonly opacity?: number | undefined;
  readonly label?: string | undefined;
}

/** A strip: a confidence band, or the area under a density (low 0). Places where an edge is not finite are left out and counted. */
export function band(options: BandOptions): Mark {
  const { color = okabeIto[0]!, opacity = 0.18 } = options;
  const low = typeof options.low === "number" ? new Float64Array(options.x.length).fill(options.low) : options.low;
  expectSameLength(options.x, low, "band", "x and low");
  expectSameLength(options.x, options.high, "band", "x and high");
  const places = Array.from(options.x, (x, i): Place => [x, low[i]!, options.high[i]!]);
  const whole = places.filter((place) => place.every(drawable));
  return {
    xs: whole.map(([x]) => x),
    ys: [...whole.map(([, below]) => below), ...whole.map(([, , above]) => above)],
    key: keyOf(options.label, color, "box"),
    draw: (frame) => strip(places, color, opacity, frame),
  };
}

type Place = readonly [x: number, low: number, high: number];

function strip(places: readonly Place[], color: string, opacity: number, { x, y }: Frame): Drawing {
  const pixels = places.map(([at, low, high]): Place => [x.map(at), y.map(low), y.map(high)]);
  const shown = (place: Place): boolean => place.every(drawable);
  const outline = area<Place>(
    ([left]) => pixel(left),
    ([, foot]) => pixel(foot),
    ([, , top]) => pixel(top),
  )
    .defined(shown)
    .digits(2);
  const d = outline(pixels) ?? "";
  return {
    svg: d === "" ? "" : element("path", { d, ...filled(color), "fill-opacity": opacity }),
    leftOut: pixels.length - pixels.filter(shown).length,
  };
}
