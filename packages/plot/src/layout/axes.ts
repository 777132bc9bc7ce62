import type { Frame } from "../marks/mark.js";
import { element } from "../svg/element.js";
import { textAt } from "../svg/text.js";
import { stroked, theme } from "../theme.js";

/** Grid lines, behind the data. */
export function gridOf({ x, y, width, height }: Frame): string {
  const upright = x.hidden ? [] : x.ticks.map(({ at }) => `M${place(x.map(at))} 0V${place(height)}`);
  const level = y.hidden ? [] : y.ticks.map(({ at }) => `M0 ${place(y.map(at))}H${place(width)}`);
  const d = [...upright, ...level].join("");
  return d === "" ? "" : element("path", { d, fill: "none", ...stroked(theme.colors.grid), "stroke-width": theme.stroke.grid });
}

const place = (value: number): string => value.toFixed(1);

/** The box's rim, tick labels and axis labels, over the data. */
export function axesOf(frame: Frame): string {
  const { x, y, width, height } = frame;
  if (x.hidden && y.hidden) return "";
  const rim = element("rect", { x: 0, y: 0, width, height, fill: "none", ...stroked(theme.colors.frame), "stroke-width": 1 });
  return rim + (x.hidden ? "" : below(frame)) + (y.hidden ? "" : beside(frame));
}

const tickStyle = { size: theme.size.tick, color: theme.colors.muted } as const;
const labelStyle = { size: theme.size.label, anchor: "middle" } as const;

const below = ({ x, width, height }: Frame): string =>
  x.ticks
    .filter(({ label }) => label !== "")
    .map(({ at, label }) => textAt(x.map(at), height + 16, label, { ...tickStyle, anchor: "middle" }))
    .join("") + (x.label === undefined ? "" : textAt(width / 2, height + 34, x.label, labelStyle));

const beside = ({ y }: Frame): string =>
  y.ticks
    .filter(({ label }) => label !== "")
    .map(({ at, label }) => textAt(-7, y.map(at) + 4, label, { ...tickStyle, anchor: "end" }))
    .join("");

/** The y axis's label, `away` to the left of the box. */
export const sideLabel = ({ y, height }: Frame, away: number): string =>
  y.hidden || y.label === undefined ? "" : textAt(-away, height / 2, y.label, { ...labelStyle, rotate: -90 });
