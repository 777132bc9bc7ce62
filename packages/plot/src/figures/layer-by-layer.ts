import { expectCount } from "../check.js";
import { type Panel, panel } from "../layout/panel.js";
import { type PointStyle, points } from "../marks/points.js";
import { column, extentOf, type Rows } from "../rows.js";

/** The same points after each layer. */
export interface LayerByLayerOptions {
  /** The base points first, then those after each layer. */
  readonly stages: readonly Rows[];
  /** One title a stage; default "Base", "After layer 1", ... */
  readonly titles?: readonly string[];
  /** A colour for each point, the same at every stage. */
  readonly by?: PointStyle["by"];
  /** One view for all stages instead of one each; default false. */
  readonly shared?: boolean;
  /** How many stages stand in a row of the figure: the colour bar ends the first row. Default all. */
  readonly columns?: number;
}

/** Small multiples of points on their way through a flow. */
export function layerByLayer({ stages, titles, by, shared = false, columns = stages.length }: LayerByLayerOptions): Panel[] {
  expectCount(stages.length, 1, "layerByLayer", "the number of stages");
  const [x, y] = [0, 1].map((index) => (shared ? viewOf(stages, index) : undefined));
  return stages.map((rows, i) =>
    panel({
      title: titles?.[i] ?? (i === 0 ? "Base" : `After layer ${i}`),
      x: { domain: x },
      y: { domain: y },
      equal: true,
      colorBar: i === Math.min(columns, stages.length) - 1,
      marks: [points({ rows, by, radius: 1.4 })],
    }),
  );
}

function viewOf(stages: readonly Rows[], index: number): [number, number] | undefined {
  const extent = extentOf(stages.flatMap((rows) => extentOf(column(rows, index)) ?? []));
  if (!extent) return undefined;
  const room = 0.04 * (extent[1] - extent[0]) || 1;
  return [extent[0] - room, extent[1] + room];
}
