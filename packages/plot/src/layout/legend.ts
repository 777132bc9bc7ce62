import type { Key } from "../marks/mark.js";
import { element } from "../svg/element.js";
import { textAt, textWidth } from "../svg/text.js";
import { filled, stroked, theme } from "../theme.js";

const swatch = 18;
const between = 16;
const lineHeight = 18;

const keyWidth = (key: Key): number => swatch + 6 + textWidth(key.label, theme.size.tick);

/** Keys in lines no wider than `width`. */
export function legendLines(keys: readonly Key[], width: number): Key[][] {
  const lines: Key[][] = [];
  for (const key of keys) {
    const last = lines.at(-1);
    if (last && lineWidth([...last, key]) <= width) last.push(key);
    else lines.push([key]);
  }
  return lines;
}

const lineWidth = (keys: readonly Key[]): number => keys.reduce((sum, key) => sum + keyWidth(key), (keys.length - 1) * between);

/** How high a legend of so many lines is. */
export const legendHeight = (lines: number): number => (lines === 0 ? 0 : lines * lineHeight + 4);

/** A legend centred on `center`, its upper edge at `top`. */
export const legendAbove = (lines: readonly (readonly Key[])[], center: number, top: number): string =>
  lines.map((keys, i) => legendLine(keys, center - lineWidth(keys) / 2, top + lineHeight * (i + 0.5))).join("");

function legendLine(keys: readonly Key[], start: number, middle: number): string {
  let left = start;
  return keys
    .map((key) => {
      const drawn = symbol(key, left, middle) + textAt(left + swatch + 6, middle + 4, key.label, { size: theme.size.tick });
      left += keyWidth(key) + between;
      return drawn;
    })
    .join("");
}

/** A legend inside the box, in a corner ("top-right"), on its own bit of paper. */
export function legendInside(keys: readonly Key[], corner: string, box: { width: number; height: number }): string {
  const width = Math.max(...keys.map(keyWidth)) + 14;
  const height = keys.length * lineHeight + 8;
  const left = corner.endsWith("left") ? 7 : box.width - width - 7;
  const top = corner.startsWith("top") ? 7 : box.height - height - 7;
  const paper = element("rect", { x: left, y: top, width, height, rx: 3, ...filled(theme.colors.paper), "fill-opacity": 0.85 });
  return paper + keys.map((key, i) => legendLine([key], left + 7, top + 4 + lineHeight * (i + 0.5))).join("");
}

function symbol(key: Key, left: number, middle: number): string {
  if (key.shape === "dot") return element("circle", { cx: left + swatch / 2, cy: middle, r: 4, ...filled(key.color) });
  if (key.shape === "box")
    return element("rect", { x: left + 2, y: middle - 5, width: swatch - 4, height: 10, ...filled(key.color), "fill-opacity": 0.5 });
  const ends = { x1: left, x2: left + swatch, y1: middle, y2: middle };
  return element("line", { ...ends, ...stroked(key.color), "stroke-width": 2, "stroke-dasharray": key.dash });
}
