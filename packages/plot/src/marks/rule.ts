import { expectFigure } from "../check.js";
import { element } from "../svg/element.js";
import { stroked, theme } from "../theme.js";
import { keyOf, type Mark } from "./mark.js";

/** A straight line across the panel: at `x` (upright) or at `y` (level). */
export type RuleOptions = ({ readonly x: number } | { readonly y: number }) & {
  readonly color?: string;
  readonly dash?: string;
  readonly width?: number;
  readonly label?: string;
};

/** A line across the panel, such as an entropy floor. */
export function rule(options: RuleOptions): Mark {
  const upright = "x" in options;
  const at = upright ? options.x : options.y;
  expectFigure(Number.isFinite(at), "rule", `the place must be finite, got ${at}.`);
  const { color = theme.colors.muted, dash = "5 4", width = 1.3 } = options;
  return {
    xs: upright ? [at] : [],
    ys: upright ? [] : [at],
    key: keyOf(options.label, color, "line", dash),
    draw: ({ x, y, ...box }) => {
      const place = (upright ? x : y).map(at);
      if (!Number.isFinite(place)) return { svg: "", leftOut: 1 };
      const ends = upright ? { x1: place, x2: place, y1: 0, y2: box.height } : { x1: 0, x2: box.width, y1: place, y2: place };
      return { svg: element("line", { ...ends, ...stroked(color), "stroke-width": width, "stroke-dasharray": dash }) };
    },
  };
}
