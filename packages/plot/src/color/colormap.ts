import { interpolateMagma, interpolateViridis } from "d3-scale-chromatic";

/** Red, green and blue from 0 to 255. */
export type Rgb = readonly [number, number, number];

/** viridis and magma run from dark to light; phase is cyclic, for angles. */
export type Colormap = "viridis" | "magma" | "phase";

/** The colour at t in [0, 1]; what lies beyond takes the end's colour. */
export function colorAt(map: Colormap, t: number): Rgb {
  const inside = Math.min(1, Math.max(0, t));
  if (map === "phase") return phase(inside);
  const hex = (map === "viridis" ? interpolateViridis : interpolateMagma)(inside);
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;
}

/** 255 shades of a colour map, lowest first: one place of a byte stays free for "no colour". */
export const shadesOf = (map: Colormap): Rgb[] => Array.from({ length: 255 }, (_, i) => colorAt(map, i / 254));

/** A colour as #rrggbb. */
export const hexOf = (color: Rgb): string => `#${color.map((part) => part.toString(16).padStart(2, "0")).join("")}`;

/**
 * Hues of one lightness and chroma, once round.
 *
 * Source: Ottosson (2020), OKLab to linear sRGB. https://bottosson.github.io/posts/oklab/
 */
function phase(t: number): Rgb {
  const lightness = 0.66;
  const a = 0.125 * Math.cos(2 * Math.PI * t);
  const b = 0.125 * Math.sin(2 * Math.PI * t);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    toByte(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    toByte(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    toByte(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

function toByte(linear: number): number {
  const encoded = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.min(1, Math.max(0, encoded)));
}
