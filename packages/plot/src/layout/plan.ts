import type { ColorScale } from "../color/color-scale.js";
import type { Key } from "../marks/mark.js";
import { type Axis, settleAxis } from "../scales/axis.js";
import { textWidth, wrapText } from "../svg/text.js";
import { theme } from "../theme.js";
import { colorBarWidth } from "./color-bar.js";
import { legendHeight, legendLines } from "./legend.js";
import type { Panel } from "./panel.js";

/** A panel with its axes settled and its side margins known. */
export interface Plan {
  readonly panel: Panel;
  readonly x: Axis;
  readonly y: Axis;
  readonly keys: readonly Key[];
  readonly colors: ColorScale | undefined;
  /** Axes that may show more than the data, to fill a box with equal units. */
  readonly free: { readonly x: boolean; readonly y: boolean };
  readonly left: number;
  readonly right: number;
}

/** Settles what does not depend on where a panel will stand; `width` and `height` are roughly its cell's. */
export function planPanel(panel: Panel, width: number, height: number): Plan {
  const tight = panel.marks.some((mark) => mark.tight);
  const [across, up] = panel.equal ? [Math.min(width, height), Math.min(width, height)] : [width, height];
  const x = settleAxis(panel.x ?? {}, panel.marks.map((mark) => mark.xs), tight, across * 0.8); // biome-ignore format: one column of marks a line
  const y = settleAxis(panel.y ?? {}, panel.marks.map((mark) => mark.ys), tight, up * 0.8); // biome-ignore format: as above
  const keys = panel.marks.flatMap((mark) => mark.key ?? []);
  const colors = panel.colorBar === false ? undefined : panel.marks.flatMap((mark) => mark.colors ?? []).at(-1);
  const free = { x: !tight && panel.x?.domain === undefined, y: !tight && panel.y?.domain === undefined };
  const labels = Math.max(0, ...y.ticks.map(({ label }) => textWidth(label, theme.size.tick)));
  const left = y.hidden ? 4 : labels + 9 + (y.label === undefined ? 2 : 20);
  return { panel, x, y, keys, colors, free, left, right: colors ? colorBarWidth(colors, height * 0.75) : 8 };
}

const lineHeight = 1.3;

/** A panel's title in lines. */
export const titleLines = ({ panel }: Plan, width: number): string[] =>
  panel.title === undefined ? [] : wrapText(panel.title, theme.size.panel, width);

/** Legend lines above the box, none where the legend stands elsewhere. */
export const linesAbove = ({ panel, keys }: Plan, width: number): Key[][] =>
  (panel.legend ?? "above") === "above" ? legendLines(keys, width) : [];

/** How high a panel's title is. */
export const titleHeight = (lines: number): number => (lines === 0 ? 0 : lines * theme.size.panel * lineHeight + 5);

/** Room over and under a box of this width. */
export function heights(plan: Plan, width: number): { top: number; bottom: number } {
  const top = 6 + titleHeight(titleLines(plan, width).length) + legendHeight(linesAbove(plan, width).length);
  const axis = plan.x.hidden ? 4 : 20 + (plan.x.label === undefined ? 2 : 18);
  return { top, bottom: axis + noteHeight };
}

/** How much of `height` the box of a panel can use: less where equal units and fixed spans leave some empty. */
export function boxHeight({ panel, x, y, free }: Plan, width: number, height: number): number {
  if (!panel.equal || free.y) return height;
  return Math.min(height, (width * (y.domain[1] - y.domain[0])) / (x.domain[1] - x.domain[0]));
}

/** Room for the line that says what could not be shown. */
export const noteHeight = 18;
