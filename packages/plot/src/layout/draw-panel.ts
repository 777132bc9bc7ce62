import { expectFigure } from "../check.js";
import type { Drawing, Frame } from "../marks/mark.js";
import { element } from "../svg/element.js";
import { textAt } from "../svg/text.js";
import { theme } from "../theme.js";
import { axesOf, gridOf, sideLabel } from "./axes.js";
import { type Axis, placeAxis } from "./axis.js";
import { colorBar } from "./color-bar.js";
import { legendAbove, legendHeight, legendInside } from "./legend.js";
import { linesAbove, type Plan, titleHeight, titleLines } from "./plan.js";

/** Where a panel's box may be. */
export interface Room {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Draws a panel whose box takes up the room, or, with equal units, the largest part of it in the right proportion. */
export function drawPanel(plan: Plan, room: Room): string {
  const size = plan.panel.equal ? proportioned(plan.x, plan.y, room) : room;
  const [left, top] = [room.left + (room.width - size.width) / 2, room.top + (room.height - size.height) / 2];
  const frame: Frame = {
    x: placeAxis(plan.x, 0, size.width),
    y: placeAxis(plan.y, size.height, 0),
    width: size.width,
    height: size.height,
  };
  const drawings = plan.panel.marks.map((mark) => mark.draw(frame));
  const parts = [
    gridOf(frame),
    // A nested svg cuts off at its edge without the ids a clip path needs, which would clash on a page of many figures.
    element("svg", { width: frame.width, height: frame.height, overflow: "hidden" }, ...drawings.map(({ svg }) => svg)),
    axesOf(frame),
    sideLabel(frame, plan.left - 12),
    heading(plan, frame, room.width),
    corner(plan, frame),
    plan.colors ? colorBar(plan.colors, frame.width, 0, frame.height) : "",
    missing(plan, drawings, frame),
  ];
  return element("g", { transform: `translate(${left.toFixed(1)} ${top.toFixed(1)})` }, ...parts);
}

function proportioned(x: Axis, y: Axis, room: Room): { width: number; height: number } {
  const [across, up] = [x.domain[1] - x.domain[0], y.domain[1] - y.domain[0]];
  const pixels = Math.min(room.width / across, room.height / up);
  const size = { width: across * pixels, height: up * pixels };
  expectFigure(size.width > 1 && size.height > 1, "panel", `equal units leave no room: the axes span ${across} and ${up}. Drop equal.`);
  return size;
}

function heading(plan: Plan, { width }: Frame, room: number): string {
  const legend = linesAbove(plan, room);
  const lines = titleLines(plan, room);
  const legendTop = -6 - legendHeight(legend.length);
  const top = legendTop - titleHeight(lines.length);
  const style = { size: theme.size.panel, bold: true, anchor: "middle" } as const;
  const title = lines.map((text, i) => textAt(width / 2, top + theme.size.panel * (1.3 * i + 1), text, style));
  return title.join("") + legendAbove(legend, width / 2, legendTop);
}

function corner({ panel, keys }: Plan, frame: Frame): string {
  const place = panel.legend ?? "above";
  return place === "above" || place === "none" || keys.length === 0 ? "" : legendInside(keys, place, frame);
}

/** Says what a reader would otherwise not know is missing. */
function missing({ x }: Plan, drawings: readonly Drawing[], frame: Frame): string {
  const count = (part: "leftOut" | "outside") => drawings.reduce((sum, drawing) => sum + (drawing[part] ?? 0), 0);
  const [leftOut, outside] = [count("leftOut"), count("outside")];
  const said = [
    leftOut > 0 ? `${leftOut.toLocaleString("en-US")} not drawable` : "",
    outside > 0 ? `${outside.toLocaleString("en-US")} outside` : "",
  ];
  const text = said.filter((part) => part !== "").join(", ");
  const down = frame.height + (x.hidden ? 14 : x.label === undefined ? 32 : 49);
  return text === "" ? "" : textAt(frame.width, down, text, { size: theme.size.note, color: theme.colors.muted, anchor: "end" });
}
