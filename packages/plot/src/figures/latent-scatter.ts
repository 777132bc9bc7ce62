import { roles } from "../color/palette.js";
import { type Panel, panel } from "../layout/panel.js";
import { type PointStyle, points } from "../marks/points.js";
import { rings } from "../marks/rings.js";
import type { Rows } from "../rows.js";

/** Data sent back to noise. */
export interface LatentScatterOptions {
  readonly latents: Rows;
  /** Which two coordinates; default the first two. */
  readonly columns?: readonly [number, number];
  readonly by?: PointStyle["by"];
  /** Standard deviations at which rings are drawn; default 1 and 2. */
  readonly radii?: readonly number[];
  readonly title?: string;
}

/** Latent points with the rings of the standard normal, inside which 39 and 86 percent of a good flow's points lie. */
export function latentScatter({ latents, columns = [0, 1], by, radii = [1, 2], title = "Latent space" }: LatentScatterOptions): Panel {
  return panel({
    title,
    x: { label: `z${subscript(columns[0])}` },
    y: { label: `z${subscript(columns[1])}` },
    equal: true,
    marks: [points({ rows: latents, columns, by, color: roles.model }), rings({ radii })],
  });
}

/** A column's number, counted from one, as small digits. */
export const subscript = (column: number): string => [...`${column + 1}`].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]).join("");
