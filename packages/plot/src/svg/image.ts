import { base64 } from "./base64.js";
import { element } from "./element.js";

/** A PNG inside an SVG, stretched over a box. */
export const pngImage = (png: Uint8Array, box: { x: number; y: number; width: number; height: number }): string =>
  element("image", { ...box, preserveAspectRatio: "none", href: `data:image/png;base64,${base64(png)}` });
