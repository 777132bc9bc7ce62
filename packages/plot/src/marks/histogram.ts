import { expectCount, expectInterval } from "../check.js";
import { okabeIto } from "../color/palette.js";
import { drawable, extentOf } from "../rows.js";
import { element, short } from "../svg/element.js";
import { painted } from "../theme.js";
import { expectLinear, type Frame, keyOf, type Mark } from "./mark.js";

/** How values fall into bins. */
export interface HistogramOptions {
  readonly values: ArrayLike<number>;
  /** Equally wide bins; default 60. */
  readonly bins?: number | undefined;
  /** What the bins cover; default the values' extent. */
  readonly range?: readonly [number, number] | undefined;
  /** Heights integrate to 1 (over all finite values) instead of counting; default true. */
  readonly density?: boolean | undefined;
  readonly color?: string | undefined;
  readonly opacity?: number | undefined;
  readonly label?: string | undefined;
}

/** A histogram; values that are not finite are left out and counted, and those beyond `range` are counted as well. */
export function histogram(options: HistogramOptions): Mark {
  const { color = okabeIto[0]!, opacity = 0.45 } = options;
  const bins = binned(options);
  return {
    xs: bins.any ? bins.range : [],
    ys: bins.any ? [0, ...bins.heights] : [],
    key: keyOf(options.label, color, "box"),
    draw: (frame) => ({
      svg: bins.any ? bars(bins, frame, color, opacity) : "",
      leftOut: bins.leftOut,
      outside: bins.outside,
    }),
  };
}

interface Bins {
  readonly range: readonly [number, number];
  readonly heights: Float64Array;
  /** Whether any value is finite. */
  readonly any: boolean;
  readonly leftOut: number;
  readonly outside: number;
}

function binned({ values, bins = 60, range, density = true }: HistogramOptions): Bins {
  expectCount(bins, 1, "histogram", "bins");
  if (range) expectInterval(range, "histogram", "range");
  const [low, high] = range ?? wideEnough(extentOf(values) ?? [0, 1]);
  const heights = new Float64Array(bins);
  let [leftOut, outside] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!drawable(value)) leftOut++;
    else if (value < low || value > high) outside++;
    else heights[Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins))]!++;
  }
  const unit = density ? ((values.length - leftOut) * (high - low)) / bins : 1;
  return {
    range: [low, high],
    any: values.length > leftOut,
    heights: heights.map((count) => (unit > 0 ? count / unit : 0)),
    leftOut,
    outside,
  };
}

const wideEnough = ([low, high]: readonly [number, number]): [number, number] => (low < high ? [low, high] : [low - 0.5, high + 0.5]);

function bars(bins: Bins, frame: Frame, color: string, opacity: number): string {
  expectLinear(frame.x, "histogram");
  return element("path", { d: outline(bins, frame), ...painted(color, color), "fill-opacity": opacity, "stroke-opacity": 0.7 });
}

// Every bar's foot stands on the frame's lower edge where zero has no place (a log axis).
function outline({ range: [low, high], heights }: Bins, { x, y, height }: Frame): string {
  const foot = y.kind === "log" ? height : y.map(0);
  const edge = (i: number) => short(x.map(low + ((high - low) * i) / heights.length));
  const steps = Array.from(heights, (value, i) => {
    const top = y.map(value);
    return `V${short(Number.isFinite(top) ? top : foot)}H${edge(i + 1)}`;
  });
  return `M${edge(0)} ${short(foot)}${steps.join("")}V${short(foot)}Z`;
}
