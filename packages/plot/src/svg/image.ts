import { base64 } from "./base64.js";
import { element } from "./element.js";

/** A PNG inside an SVG, stretched over a box; `crisp` shows its pixels as squares. */
export const pngImage = (png: Uint8Array, box: { x: number; y: number; width: number; height: number }, crisp = false): string =>
  element("image", {
    ...box,
    "image-rendering": crisp ? "optimizeSpeed" : undefined,
    preserveAspectRatio: "none",
    href: `data:image/png;base64,${base64(png)}`,
  });
