import { expectCount, expectFigure } from "../check.js";
import { element } from "../svg/element.js";
import { textAt, wrapText } from "../svg/text.js";
import { filled, theme } from "../theme.js";
import { drawPanel } from "./draw-panel.js";
import type { Panel } from "./panel.js";
import { heights, type Plan, planPanel } from "./plan.js";

/** Panels on a grid, read like text. */
export interface FigureOptions {
  readonly panels: readonly Panel[];
  /** Default the panels' number, at most 3. Places that are left over stay empty. */
  readonly columns?: number | undefined;
  /** Pixels; default 340 a column. */
  readonly width?: number | undefined;
  /** Pixels; default 300 a row, and room for title and caption. */
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
  const rows = Math.ceil(panels.length / columns);
  const width = options.width ?? columns * theme.cell.width + 2 * edge;
  const title = options.title === undefined ? [] : wrapText(options.title, theme.size.title, width - 2 * edge);
  const caption = options.caption === undefined ? [] : wrapText(options.caption, theme.size.label, width - 2 * edge);
  const [above, below] = [title.length * 24 + edge, caption.length * 18 + edge];
  const height = options.height ?? rows * theme.cell.height + above + below;
  const grid = arrange(panels, columns, { left: edge, top: above, width: width - 2 * edge, height: height - above - below });
  const words = [
    ...title.map((text, i) => textAt(width / 2, 26 + 24 * i, text, { size: theme.size.title, bold: true, anchor: "middle" })),
    ...caption.map((text, i) => textAt(edge, height - below + 14 + 18 * i, text, { size: theme.size.label, color: theme.colors.muted })),
  ];
  return page(width, height, description(options), [...grid, ...words]);
}

interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Boxes of one size, with margins shared down each column and along each row, so that edges line up. */
function arrange(panels: readonly Panel[], columns: number, area: Area): string[] {
  const rows = Math.ceil(panels.length / columns);
  const { gap } = theme.cell;
  const plans = panels.map((panel) => planPanel(panel, area.width / columns, area.height / rows));
  const lefts = most(plans, columns, (_, i) => i % columns, (plan) => plan.left); // biome-ignore format: a margin a line
  const rights = most(plans, columns, (_, i) => i % columns, (plan) => plan.right); // biome-ignore format: a margin a line
  const width = (area.width - total(lefts) - total(rights) - gap * (columns - 1)) / columns;
  const tops = most(plans, rows, (_, i) => Math.floor(i / columns), (plan) => heights(plan, width).top); // biome-ignore format: a margin a line
  const bottoms = most(plans, rows, (_, i) => Math.floor(i / columns), (plan) => heights(plan, width).bottom); // biome-ignore format: a margin a line
  const height = (area.height - total(tops) - total(bottoms)) / rows;
  expectFigure(width > 20 && height > 20, "figure", "there is no room left for the plots; give it more width or height, or fewer columns.");
  return plans.map((plan, i) => {
    const [column, row] = [i % columns, Math.floor(i / columns)];
    const left = area.left + total(lefts.slice(0, column + 1)) + total(rights.slice(0, column)) + column * (width + gap);
    const top = area.top + total(tops.slice(0, row + 1)) + total(bottoms.slice(0, row)) + row * height;
    return drawPanel(plan, { left, top, width, height });
  });
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

function most(
  plans: readonly Plan[],
  groups: number,
  groupOf: (plan: Plan, i: number) => number,
  measure: (plan: Plan) => number,
): number[] {
  const largest = new Array<number>(groups).fill(0);
  plans.forEach((plan, i) => {
    const group = groupOf(plan, i);
    largest[group] = Math.max(largest[group]!, measure(plan));
  });
  return largest;
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
