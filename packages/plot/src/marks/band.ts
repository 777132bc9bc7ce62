import { expectSameLength } from "../check.js";
import { okabeIto } from "../color/palette.js";
import { drawable } from "../rows.js";
import { element } from "../svg/element.js";
import { filled } from "../theme.js";
import { trace } from "./line.js";
import { keyOf, type Mark } from "./mark.js";

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
  const { x, below, above, leftOut } = bothEdges(options.x, low, options.high);
  return {
    xs: x,
    ys: [...below, ...above],
    key: keyOf(options.label, color, "box"),
    draw: (frame) => {
      const outline = { x: [...x, ...[...x].reverse()], y: [...above, ...[...below].reverse()] };
      const { d, leftOut: unplaced } = trace(outline, frame);
      return {
        svg: d === "" ? "" : element("path", { d: `${d}Z`, ...filled(color), "fill-opacity": opacity }),
        leftOut: leftOut + unplaced,
      };
    },
  };
}

function bothEdges(x: ArrayLike<number>, low: ArrayLike<number>, high: ArrayLike<number>) {
  const whole = Array.from({ length: x.length }, (_, i) => i).filter((i) => drawable(x[i]!) && drawable(low[i]!) && drawable(high[i]!));
  return {
    x: whole.map((i) => x[i]!),
    below: whole.map((i) => low[i]!),
    above: whole.map((i) => high[i]!),
    leftOut: x.length - whole.length,
  };
}
