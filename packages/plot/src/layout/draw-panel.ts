import { expectFigure } from "../check.js";
import type { Drawing, Frame } from "../marks/mark.js";
import { type Axis, placeAxis, settleAxis } from "../scales/axis.js";
import { formatNumber } from "../scales/format.js";
import { element } from "../svg/element.js";
import { textAt } from "../svg/text.js";
import { theme } from "../theme.js";
import { axesOf, gridOf, sideLabel } from "./axes.js";
import { colorBar } from "./color-bar.js";
import { legendAbove, legendHeight, legendInside } from "./legend.js";
import { linesAbove, type Plan, titleLines } from "./plan.js";

/** Where a panel's box may be, and how much lies above it for title and legend. */
export interface Room {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly above: number;
}

/** Draws a panel whose box takes up the room, or, with equal units and fixed spans, its largest part in the right proportion. */
export function drawPanel(plan: Plan, room: Room): string {
  const frame = frameIn(plan, room);
  const drawings = plan.panel.marks.map((mark) => mark.draw(frame));
  const parts = [
    gridOf(frame),
    // A nested svg cuts off at its edge without the ids a clip path needs, which would clash on a page of many figures.
    element("svg", { width: frame.width, height: frame.height, overflow: "hidden" }, ...drawings.map(({ svg }) => svg)),
    axesOf(frame),
    sideLabel(frame, plan.left - 12),
    heading(plan, frame, room),
    corner(plan, frame),
    drawings.every(({ svg }) => svg === "") ? textAt(frame.width / 2, frame.height / 2, "no data", emptyStyle) : "",
    plan.colors ? colorBar(plan.colors, frame.width, 0, frame.height) : "",
    missing(plan, drawings, frame),
  ];
  const left = room.left + (room.width - frame.width) / 2;
  return element("g", { transform: `translate(${left.toFixed(1)} ${room.top.toFixed(1)})` }, ...parts);
}

function frameIn(plan: Plan, { width, height }: Room): Frame {
  if (!plan.panel.equal) return { x: placeAxis(plan.x, 0, width), y: placeAxis(plan.y, height, 0), width, height };
  const pixels = Math.min(width / span(plan.x), height / span(plan.y));
  const x = plan.free.x ? widened(plan.x, width, pixels) : plan.x;
  const y = plan.free.y ? widened(plan.y, height, pixels) : plan.y;
  const size = { width: span(x) * pixels, height: span(y) * pixels };
  const reason = `equal units leave no room: the axes span ${span(x)} and ${span(y)}. Drop equal.`;
  expectFigure(size.width > 1 && size.height > 1, "panel", reason);
  return { x: placeAxis(x, 0, size.width), y: placeAxis(y, size.height, 0), ...size };
}

const span = ({ domain }: Axis): number => domain[1] - domain[0];

/** An axis that shows more on both sides, so that it is `length` pixels long at so many pixels a unit. */
function widened(axis: Axis, length: number, pixels: number): Axis {
  const more = (length / pixels - span(axis)) / 2;
  return more > 0 ? settleAxis({ ...axis, domain: [axis.domain[0] - more, axis.domain[1] + more] }, [], false, length) : axis;
}

function heading(plan: Plan, { width }: Frame, room: Room): string {
  const legend = linesAbove(plan, room.width);
  const lines = titleLines(plan, room.width);
  const legendTop = -6 - legendHeight(legend.length);
  const top = -room.above;
  const style = { size: theme.size.panel, bold: true, anchor: "middle" } as const;
  const title = lines.map((text, i) => textAt(width / 2, top + theme.size.panel * (1.3 * i + 1), text, style));
  return title.join("") + legendAbove(legend, width / 2, legendTop);
}

const emptyStyle = { size: theme.size.label, color: theme.colors.muted, anchor: "middle" } as const;

function corner({ panel, keys }: Plan, frame: Frame): string {
  const place = panel.legend ?? "above";
  return place === "above" || place === "none" || keys.length === 0 ? "" : legendInside(keys, place, frame);
}

/** Says what a reader would otherwise not know is missing. */
function missing({ x }: Plan, drawings: readonly Drawing[], frame: Frame): string {
  const count = (part: "leftOut" | "outside") => drawings.reduce((sum, drawing) => sum + (drawing[part] ?? 0), 0);
  const [leftOut, outside] = [count("leftOut"), count("outside")];
  const said = [leftOut > 0 ? `${formatNumber(leftOut)} left out` : "", outside > 0 ? `${formatNumber(outside)} outside the view` : ""];
  const text = said.filter((part) => part !== "").join(", ");
  const down = frame.height + (x.hidden ? 14 : x.label === undefined ? 32 : 49);
  return text === "" ? "" : textAt(frame.width, down, text, { size: theme.size.note, color: theme.colors.muted, anchor: "end" });
}
