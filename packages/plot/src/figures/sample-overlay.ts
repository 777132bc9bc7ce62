import { roles } from "../color/palette.js";
import { type Panel, panel } from "../layout/panel.js";
import { points } from "../marks/points.js";
import type { Rows } from "../rows.js";

/** Real rows and generated ones. */
export interface SampleOverlayOptions {
  readonly real: Rows;
  readonly generated: Rows;
  /** Which two columns; default the first two. */
  readonly columns?: readonly [number, number];
  readonly title?: string;
  readonly names?: readonly [string, string];
  /** One unit is equally long on both axes; default true. */
  readonly equal?: boolean;
}

/** Generated points over real ones. */
export function sampleOverlay(options: SampleOverlayOptions): Panel {
  const { real, generated, columns = [0, 1], title, names = ["x₁", "x₂"], equal = true } = options;
  return panel({
    title,
    x: { label: names[0] },
    y: { label: names[1] },
    equal,
    marks: [
      points({ rows: real, columns, color: roles.real, radius: 2, label: "real" }),
      points({ rows: generated, columns, color: roles.second, radius: 1.3, label: "generated" }),
    ],
  });
}
