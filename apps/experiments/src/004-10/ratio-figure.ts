import { figure, line, okabeIto, panel, theme } from "@flows/plot";
import { type Estimate, exactLogRatio } from "./ratio-truth.js";

const n = 241;
const across = Float64Array.from({ length: n }, (_, i) => -4.5 + (9 * i) / (n - 1));
const cut = { data: Float64Array.from({ length: 2 * n }, (_, i) => (i % 2 === 0 ? across[i / 2]! : 0)), shape: [n, 2] } as const;

/** The true log-ratio on the line through both blobs, and what each estimate makes of it. */
export async function ratioFigure(estimates: readonly Estimate[]): Promise<string> {
  const marks = [line({ x: across, y: exactLogRatio(cut), label: "truth", color: theme.colors.ink, width: 2.4 })];
  for (const [i, { name, logRatio }] of estimates.entries())
    marks.push(line({ x: across, y: await logRatio(cut), label: name, color: okabeIto[i]!, ...(i > 0 && { dash: "5 4" }) }));
  const axes = { x: { label: "x₁, on the line through both blobs" }, y: { label: "log p/q", domain: [-12, 4] } } as const;
  return figure({
    panels: [panel({ title: "Two blobs p over a wide Gaussian q", ...axes, marks })],
    width: 720,
    caption:
      "4,000 rows of each. In the gap the flow's bridge spoils the difference of two flows; beyond the rows every estimate is a guess (004.120).",
  });
}
