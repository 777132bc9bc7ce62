import type { Cells } from "../cells.js";
import type { Colormap } from "../color/colormap.js";
import { type Panel, panel } from "../layout/panel.js";
import { heatmap } from "../marks/heatmap.js";
import { points } from "../marks/points.js";
import { extentOf, type Rows } from "../rows.js";

/** Log-densities at the centres of cells. */
export interface DensityHeatmapOptions {
  readonly cells: Cells;
  /** In nats, one a cell, as `score` gives them for `cellCenters(cells)`. */
  readonly logDensity: ArrayLike<number>;
  /** Shows densities (default) or their logarithms. */
  readonly show?: "density" | "log density";
  /** How far below the highest value the logarithms go, in nats; default 10. */
  readonly depth?: number;
  /** Shared limits, so that panels compare: of what is shown. */
  readonly range?: readonly [number, number];
  readonly colormap?: Colormap;
  readonly overlay?: Rows;
  readonly title?: string;
  readonly names?: readonly [string, string];
}

/** A density in the plane as colours; points may lie over it. */
export function densityHeatmap(options: DensityHeatmapOptions): Panel {
  const { cells, logDensity, show = "density", colormap, overlay, title, names = ["x₁", "x₂"] } = options;
  const logarithmic = show === "log density";
  const values = logarithmic ? logDensity : Float64Array.from(logDensity, Math.exp);
  const over = overlay ? [points({ rows: overlay, color: "#ffffff", radius: 0.9, opacity: 0.45 })] : [];
  return panel({
    title,
    x: { label: names[0], domain: cells.x },
    y: { label: names[1], domain: cells.y },
    equal: true,
    marks: [
      heatmap({ ...cells, values, colormap, range: rangeOf(values, options), bar: logarithmic ? "log p(x) (nats)" : "p(x)" }),
      ...over,
    ],
  });
}

function rangeOf(values: ArrayLike<number>, { show, depth = 10, range }: DensityHeatmapOptions): readonly [number, number] {
  const [low, high] = extentOf(values) ?? [0, 1];
  if (range) return range;
  if (show === "log density") return [Math.min(high - 1e-6, Math.max(low, high - depth)), high];
  return [0, high > 0 ? high : 1];
}
