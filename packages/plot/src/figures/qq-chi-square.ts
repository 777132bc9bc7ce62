import { expectCount } from "../check.js";
import { roles } from "../color/palette.js";
import { type Panel, panel } from "../layout/panel.js";
import { band } from "../marks/band.js";
import { line } from "../marks/line.js";
import { points } from "../marks/points.js";
import { column, columnCount, drawable, type Rows } from "../rows.js";
import { chiSquareQuantile, orderQuantile } from "../statistics/chi-square.js";
import { theme } from "../theme.js";

/** Data sent back to noise. */
export interface QqChiSquareOptions {
  readonly latents: Rows;
  /** Probability that a standard normal's point lies inside the band, place by place; default 0.95. */
  readonly coverage?: number;
  /** Points drawn, evenly among the sorted ones; the tail is kept whole. Default 400. */
  readonly shown?: number;
  readonly title?: string;
}

/** Squared latent norms, sorted, against the quantiles of chi-square with d degrees of freedom; the pointwise band is exact. */
export function qqChiSquare(options: QqChiSquareOptions): Panel {
  const { latents, coverage = 0.95, shown = 400, title = "Squared latent norms" } = options;
  const degrees = Math.max(1, columnCount(latents));
  expectCount(shown, 2, "qqChiSquare", "shown");
  const norms = squaredNorms(latents, degrees);
  const sorted = norms.filter(drawable).sort();
  const ranks = evenRanks(sorted.length, shown);
  const theory = ranks.map((rank) => chiSquareQuantile((rank - 0.5) / sorted.length, degrees));
  const edge = (tail: number) => ranks.map((rank) => chiSquareQuantile(orderQuantile(tail, rank, sorted.length), degrees));
  const missing = new Array<number>(norms.length - sorted.length).fill(Number.NaN);
  const observed = [...ranks.map((rank) => sorted[rank - 1]!), ...missing];
  const percent = Math.round(100 * coverage);
  return panel({
    title,
    x: { label: `χ² quantile, ${degrees} degrees of freedom` },
    y: { label: "‖z‖², sorted" },
    marks: [
      band({
        x: theory,
        low: edge((1 - coverage) / 2),
        high: edge((1 + coverage) / 2),
        color: theme.colors.muted,
        label: `${percent}% band`,
      }),
      line({ x: theory, y: theory, color: theme.colors.muted, width: 1.2, dash: "5 4" }),
      points({ x: [...theory, ...missing], y: observed, color: roles.model, radius: 1.8, opacity: 0.9, label: "latents" }),
    ],
  });
}

function squaredNorms(latents: Rows, degrees: number): Float64Array {
  const columns = Array.from({ length: columnCount(latents) === 0 ? 0 : degrees }, (_, i) => column(latents, i));
  return Float64Array.from(columns[0] ?? [], (_, row) => columns.reduce((sum, values) => sum + values[row]! ** 2, 0));
}

/** Ranks from 1 to `count`, about `shown` of them, with the last fifty whole. */
function evenRanks(count: number, shown: number): number[] {
  const every = Math.max(1, Math.ceil(count / shown));
  return Array.from({ length: count }, (_, i) => i + 1).filter((rank) => rank % every === 0 || rank === 1 || rank > count - 50);
}
