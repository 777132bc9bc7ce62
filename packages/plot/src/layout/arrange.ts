import { expectFigure } from "../check.js";
import { theme } from "../theme.js";
import { drawPanel } from "./draw-panel.js";
import type { Panel } from "./panel.js";
import { boxHeight, heights, type Plan, planPanel } from "./plan.js";

/** Where the panels may be; without a height they take what suits them. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number | undefined;
}

/** Draws panels on a grid, with margins shared down each column and along each row, so that edges line up. */
export function arrange(panels: readonly Panel[], columns: number, area: Area): { svg: string; bottom: number } {
  const rows = Math.ceil(panels.length / columns);
  const height = area.height ?? rows * theme.cell.height;
  const plans = panels.map((panel) => planPanel(panel, area.width / columns, height / rows));
  const inColumns = Array.from({ length: columns }, (_, column) => plans.filter((_, i) => i % columns === column));
  const inRows = Array.from({ length: rows }, (_, row) => plans.slice(row * columns, (row + 1) * columns));
  const lefts = inColumns.map((group) => most(group, (plan) => plan.left));
  const rights = inColumns.map((group) => most(group, (plan) => plan.right));
  const width = (area.width - total(lefts) - total(rights) - theme.cell.gap * (columns - 1)) / columns;
  const tops = inRows.map((group) => most(group, (plan) => heights(plan, width).top));
  const bottoms = inRows.map((group) => most(group, (plan) => heights(plan, width).bottom));
  const even = (height - total(tops) - total(bottoms)) / rows;
  expectFigure(width > 20 && even > 20, "figure", "there is no room left for the plots; give it more width or height, or fewer columns.");
  const boxes = inRows.map((group) => (area.height === undefined ? most(group, (plan) => boxHeight(plan, width, even)) : even));
  const svg = plans.map((plan, i) => {
    const [column, row] = [i % columns, Math.floor(i / columns)];
    const left = area.left + total(lefts.slice(0, column + 1)) + total(rights.slice(0, column)) + column * (width + theme.cell.gap);
    const above = area.top + total(tops.slice(0, row)) + total(boxes.slice(0, row)) + total(bottoms.slice(0, row));
    return drawPanel(plan, { left, top: above + tops[row]!, width, height: boxes[row]!, above: tops[row]! });
  });
  return { svg: svg.join(""), bottom: area.top + total(tops) + total(boxes) + total(bottoms) };
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const most = (plans: readonly Plan[], measure: (plan: Plan) => number): number => Math.max(0, ...plans.map(measure));
