import { expectCount } from "../check.js";
import { element } from "../svg/element.js";
import { textAt, wrapText } from "../svg/text.js";
import { filled, theme } from "../theme.js";
import { arrange } from "./arrange.js";
import type { Panel } from "./panel.js";

/** Panels on a grid, read like text. */
export interface FigureOptions {
  readonly panels: readonly Panel[];
  /** Default the panels' number, at most 3. Places that are left over stay empty. */
  readonly columns?: number | undefined;
  /** Pixels; default 340 a column. */
  readonly width?: number | undefined;
  /** Pixels; default 300 a row (less where proportions leave some empty), and room for title and caption. */
  readonly height?: number | undefined;
  readonly title?: string | undefined;
  /** Words under the figure. */
  readonly caption?: string | undefined;
  /** What a reader who cannot see the figure is told; default title, panel titles and caption. */
  readonly description?: string | undefined;
}

const edge = 12;

/** One SVG document of all the panels. */
export function figure(options: FigureOptions): string {
  const { panels } = options;
  expectCount(panels.length, 1, "figure", "the number of panels");
  const columns = options.columns ?? Math.min(3, panels.length);
  expectCount(columns, 1, "figure", "columns");
  const width = options.width ?? columns * theme.cell.width + 2 * edge;
  const title = options.title === undefined ? [] : wrapText(options.title, theme.size.title, width - 2 * edge);
  const caption = options.caption === undefined ? [] : wrapText(options.caption, theme.size.label, width - 2 * edge);
  const [above, below] = [title.length * 24 + (title.length > 0 ? 8 : 0) + edge, caption.length * 18 + edge];
  const room = options.height === undefined ? undefined : options.height - above - below;
  const grid = arrange(panels, columns, { left: edge, top: above, width: width - 2 * edge, height: room });
  const height = options.height ?? grid.bottom + below;
  const words = [
    ...title.map((text, i) => textAt(width / 2, 26 + 24 * i, text, { size: theme.size.title, bold: true, anchor: "middle" })),
    ...caption.map((text, i) => textAt(edge, height - below + 14 + 18 * i, text, { size: theme.size.label, color: theme.colors.muted })),
  ];
  return page(width, height, description(options), [grid.svg, ...words]);
}

function description({ description, title, caption, panels }: FigureOptions): string {
  if (description !== undefined) return description;
  const names = panels.flatMap((panel) => panel.title ?? []);
  return [title, names.join("; "), caption].filter((part) => part).join(". ") || "Figure";
}

const page = (width: number, height: number, label: string, content: readonly string[]): string =>
  element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "aria-label": label,
      "font-family": theme.family,
    },
    element("rect", { width, height, ...filled(theme.colors.paper) }),
    ...content,
  );
