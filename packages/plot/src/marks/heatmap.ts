import { type Cells, expectCells } from "../cells.js";
import { expectInterval } from "../check.js";
import { position, sequential } from "../color/color-scale.js";
import { type Colormap, shadesOf } from "../color/colormap.js";
import { extentOf } from "../rows.js";
import { pngImage } from "../svg/image.js";
import { indexedPng } from "../svg/indexed-png.js";
import { expectLinear, type Frame, type Mark } from "./mark.js";

/** Colours on a grid. */
export interface HeatmapOptions extends Cells {
  /** One a cell; -Infinity takes the lowest colour, NaN none (and is counted). */
  readonly values: ArrayLike<number>;
  readonly colormap?: Colormap | undefined;
  /** What the colours span; default the finite values' extent. */
  readonly range?: readonly [number, number] | undefined;
  /** Beside the colour bar, with its unit; false shows no bar. */
  readonly bar?: string | false | undefined;
}

/** A heat map, embedded as a small PNG. */
export function heatmap(options: HeatmapOptions): Mark {
  expectCells(options, "heatmap", options.values);
  const { colormap = "viridis", values } = options;
  const range = options.range ?? wideEnough(extentOf(values) ?? [0, 1]);
  expectInterval(range, "heatmap", "range");
  return {
    xs: options.x,
    ys: options.y,
    tight: true,
    colors: options.bar === false ? undefined : sequential({ range, colormap, label: options.bar }),
    draw: (frame) => ({ svg: image(options, range, colormap, frame), leftOut: Array.from(values).filter(Number.isNaN).length }),
  };
}

const wideEnough = ([low, high]: readonly [number, number]): [number, number] =>
  low < high ? [low, high] : [low, low + (Math.abs(low) || 1)];

function image(options: HeatmapOptions, range: readonly [number, number], colormap: Colormap, frame: Frame): string {
  expectLinear(frame.x, "heatmap");
  expectLinear(frame.y, "heatmap");
  const { nx, ny, values, x, y } = options;
  const shades = shadesOf(colormap);
  const transparent = shades.length;
  const pixels = new Uint8Array(nx * ny);
  for (let i = 0; i < pixels.length; i++) {
    const value = values[i]!;
    const row = ny - 1 - Math.floor(i / nx);
    pixels[row * nx + (i % nx)] = Number.isNaN(value) ? transparent : Math.round(position(range, value) * (shades.length - 1));
  }
  const png = indexedPng(nx, ny, pixels, [...shades, [0, 0, 0]], transparent);
  const [left, top] = [frame.x.map(x[0]), frame.y.map(y[1])];
  const [width, height] = [frame.x.map(x[1]) - left, frame.y.map(y[0]) - top];
  // Large cells would look like a smooth function that nobody computed.
  return pngImage(png, { x: left, y: top, width, height }, Math.max(width / nx, height / ny) > 5);
}
