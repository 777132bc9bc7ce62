import { expectFigure } from "../check.js";
import { formatNumber } from "../scales/format.js";
import { element } from "../svg/element.js";
import { textAt } from "../svg/text.js";
import { stroked, theme } from "../theme.js";
import { trace } from "./line.js";
import { type Frame, keyOf, type Mark } from "./mark.js";

/** Where a Gaussian lies; default the standard one. */
export interface RingOptions {
  /** In standard deviations; default 1 and 2. */
  readonly radii?: readonly number[];
  readonly center?: readonly [number, number];
  readonly covariance?: readonly [readonly [number, number], readonly [number, number]];
  readonly color?: string;
  /** Writes 1σ, 2σ, ... beside the rings; default true. */
  readonly named?: boolean;
  readonly label?: string;
}

/** Ellipses at so many standard deviations of a two-dimensional Gaussian. */
export function rings(options: RingOptions = {}): Mark {
  const { radii = [1, 2], color = theme.colors.ink, named = true } = options;
  const curves = radii.map((radius) => ellipse(radius, options));
  return {
    xs: curves.flatMap(({ x }) => x),
    ys: curves.flatMap(({ y }) => y),
    key: keyOf(options.label, color, "line", "4 3"),
    draw: (frame) => ({
      svg: curves.map((curve, i) => ring(curve, color, frame) + (named ? name(curve, radii[i]!, color, frame) : "")).join(""),
    }),
  };
}

interface Ellipse {
  readonly x: number[];
  readonly y: number[];
}

const corners = 96;

/** center + radius L (cos t, sin t), with L L' the covariance (its Cholesky factor). */
function ellipse(
  radius: number,
  {
    center = [0, 0],
    covariance = [
      [1, 0],
      [0, 1],
    ],
  }: RingOptions,
): Ellipse {
  const [[xx, xy], [, yy]] = covariance;
  expectFigure(xx > 0 && xx * yy > xy * xy, "rings", `covariance must be positive definite, got ${JSON.stringify(covariance)}.`);
  const [a, b] = [Math.sqrt(xx), xy / Math.sqrt(xx)];
  const c = Math.sqrt(yy - b * b);
  const angles = Array.from({ length: corners + 1 }, (_, i) => (2 * Math.PI * i) / corners);
  return {
    x: angles.map((t) => center[0] + radius * a * Math.cos(t)),
    y: angles.map((t) => center[1] + radius * (b * Math.cos(t) + c * Math.sin(t))),
  };
}

function ring(curve: Ellipse, color: string, frame: Frame): string {
  const { d } = trace(curve, frame);
  return d === "" ? "" : element("path", { d, fill: "none", ...stroked(color), "stroke-width": 1.2, "stroke-dasharray": "4 3" });
}

// Beside the ring's north-east, with a halo so that it reads over points.
function name(curve: Ellipse, radius: number, color: string, frame: Frame): string {
  const at = Math.round(corners / 8);
  const style = { size: theme.size.tick, bold: true, color, halo: true };
  const [left, top] = [frame.x.map(curve.x[at]!), frame.y.map(curve.y[at]!)];
  return Number.isFinite(left) && Number.isFinite(top) ? textAt(left + 3, top - 3, `${formatNumber(radius)}σ`, style) : "";
}
