import { expectCount, expectInterval } from "../check.js";
import { type Colormap, colorAt, hexOf } from "./colormap.js";
import { type Palette, paletteColors } from "./palette.js";

/** Values to colours along a colour map. */
export interface Sequential {
  readonly kind: "sequential";
  readonly colormap: Colormap;
  readonly range: readonly [number, number];
  readonly label?: string | undefined;
}

/** Whole numbers 0, 1, 2, ... to a palette's colours, round and round. */
export interface Categorical {
  readonly kind: "categorical";
  readonly names: readonly string[];
  readonly palette: Palette;
  readonly label?: string | undefined;
}

/** How values become colours; a panel that uses one shows it as a colour bar. */
export type ColorScale = Sequential | Categorical;

/** A sequential scale, viridis unless told otherwise. */
export function sequential(options: Omit<Sequential, "kind" | "colormap"> & { readonly colormap?: Colormap }): Sequential {
  expectInterval(options.range, "sequential", "range");
  return { colormap: "viridis", ...options, kind: "sequential" };
}

/** A categorical scale for names, or for so many numbered categories. */
export function categorical(options: {
  readonly names: readonly string[] | number;
  readonly palette?: Palette;
  readonly label?: string;
}): Categorical {
  const { names, palette = "okabe-ito", label } = options;
  if (typeof names === "number") expectCount(names, 1, "categorical", "names");
  return {
    kind: "categorical",
    palette,
    label,
    names: typeof names === "number" ? Array.from({ length: names }, (_, i) => `${i}`) : names,
  };
}

/** Steps of a sequential scale: few enough that points group by colour, more than an eye tells apart. */
const steps = 64;

/** A value's colour, or undefined where it has none (NaN, or no such category). */
export function colorOf(scale: ColorScale, value: number): string | undefined {
  if (Number.isNaN(value)) return undefined;
  if (scale.kind === "sequential") return hexOf(colorAt(scale.colormap, Math.round(position(scale.range, value) * steps) / steps));
  const colors = paletteColors(scale.palette);
  return scale.names[value] === undefined ? undefined : colors[value % colors.length];
}

/** Where a value lies in a range, 0 to 1 and no further. */
export const position = ([low, high]: readonly [number, number], value: number): number =>
  Math.min(1, Math.max(0, (value - low) / (high - low)));
