import { type Categorical, type ColorScale, colorOf, type Sequential } from "../color/color-scale.js";
import { shadesOf } from "../color/colormap.js";
import { ticksOf } from "../scales/ticks.js";
import { element } from "../svg/element.js";
import { pngImage } from "../svg/image.js";
import { indexedPng } from "../svg/indexed-png.js";
import { textAt, textWidth } from "../svg/text.js";
import { stroked, theme } from "../theme.js";

const thickness = 11;
const away = 10;

/** How much room a colour bar takes to the right of a box of about this height. */
export const colorBarWidth = (scale: ColorScale, height: number): number =>
  away + thickness + 6 + widest(barTicks(scale, height).map(({ label }) => label)) + (scale.label === undefined ? 4 : 20);

const widest = (labels: readonly string[]): number => Math.max(0, ...labels.map((label) => textWidth(label, theme.size.tick)));

interface BarTick {
  /** From 0 at the lower end to 1. */
  readonly at: number;
  readonly label: string;
}

function barTicks(scale: ColorScale, height: number): BarTick[] {
  if (scale.kind === "categorical") return blockTicks(scale.names, height);
  const [low, high] = scale.range;
  return ticksOf("linear", scale.range, height).map(({ at, label }) => ({ at: (at - low) / (high - low), label }));
}

/** As many names as there is room for, the first always. */
function blockTicks(names: readonly string[], height: number): BarTick[] {
  const every = Math.max(1, Math.ceil((14 * names.length) / height));
  return names.flatMap((label, i) => (i % every === 0 ? [{ at: (i + 0.5) / names.length, label }] : []));
}

/** A colour bar to the right of a box that ends at `right` and spans `top` to `top + height`. */
export function colorBar(scale: ColorScale, right: number, top: number, height: number): string {
  const box = { x: right + away, y: top, width: thickness, height };
  const ticks = barTicks(scale, height);
  const labels = ticks.map(({ at, label }) =>
    textAt(box.x + thickness + 6, top + (1 - at) * height + 4, label, { size: theme.size.tick, color: theme.colors.muted }),
  );
  const filling = scale.kind === "sequential" ? ramp(scale, box) : blocks(scale, box);
  const rim = element("rect", { ...box, fill: "none", ...stroked(theme.colors.frame), "stroke-width": 0.8 });
  return (
    filling + rim + labels.join("") + barTitle(scale, box.x + thickness + 6 + widest(ticks.map(({ label }) => label)), top + height / 2)
  );
}

type Box = { x: number; y: number; width: number; height: number };

const ramp = (scale: Sequential, box: Box): string => {
  const shades = shadesOf(scale.colormap);
  return pngImage(
    indexedPng(
      1,
      shades.length,
      Uint8Array.from(shades, (_, i) => shades.length - 1 - i),
      shades,
    ),
    box,
  );
};

const blocks = (scale: Categorical, box: Box): string =>
  scale.names
    .map((_, i) => {
      const height = box.height / scale.names.length;
      return element("rect", { x: box.x, y: box.y + box.height - (i + 1) * height, width: box.width, height, fill: colorOf(scale, i) });
    })
    .join("");

const barTitle = (scale: ColorScale, left: number, middle: number): string =>
  scale.label === undefined ? "" : textAt(left + 15, middle, scale.label, { size: theme.size.tick, anchor: "middle", rotate: -90 });
