import type { Rows } from "@flows/core";
import { type Cells, cellCenters, densityHeatmap, figure, histogram, line, marginals, type Panel, panel, points } from "@flows/plot";
import { columnsOf, scoreRows } from "@flows/tables";
import { alike, viewOf } from "../columns.js";
import type { NamedFigure, Section, Subject } from "../section.js";

/** Most columns that are drawn one by one. */
const mostColumns = 24;

/** The model's density over the data: a curve, a heat map, or column by column. */
export async function densitySection(subject: Subject): Promise<Section> {
  const width = subject.data.columns.length;
  if (width === 1) return { heading: "Density", figures: [await curve(subject)] };
  if (width === 2) return { heading: "Density", figures: [await heatmaps(subject)] };
  const figures = [columnByColumn(subject)];
  return {
    heading: "Density, column by column",
    text: width > mostColumns ? `The first ${mostColumns} of ${width} columns.` : "",
    figures,
  };
}

async function curve({ model, data, samples }: Subject): Promise<NamedFigure> {
  const [low, high] = viewOf([data.rows, samples], 0);
  const x = Float64Array.from({ length: 401 }, (_, i) => low + ((high - low) * i) / 400);
  const density = (await scoreRows(model, { data: x, shape: [x.length, 1] })).map(Math.exp);
  const [name = ""] = columnsOf(model);
  const marks = [
    histogram({ values: data.rows.data, range: [low, high], label: "data" }),
    line({ x, y: density, color: "#d55e00", label: "p(x)" }),
  ];
  return {
    name: "density",
    svg: figure({ panels: [panel({ x: { label: name }, y: { label: "density" }, marks })], width: 640 }),
    caption: "The model's density over a histogram of the data.",
  };
}

/** Cells that are about square on the page. */
function cellsOf(parts: readonly Rows[]): Cells {
  const [x, y] = [viewOf(parts, 0), viewOf(parts, 1)];
  const ratio = alike(x, y) ? (y[1] - y[0]) / (x[1] - x[0]) : 0.8;
  return { x, y, nx: 160, ny: Math.max(40, Math.round(160 * ratio)) };
}

async function heatmaps({ model, data, shown, samples }: Subject): Promise<NamedFigure> {
  const cells = cellsOf([data.rows, samples]);
  const equal = alike(cells.x, cells.y);
  const logDensity = await scoreRows(model, cellCenters(cells));
  const names = columnsOf(model) as [string, string];
  const axes = { x: { label: names[0], domain: cells.x }, y: { label: names[1], domain: cells.y }, equal };
  const panels: Panel[] = [
    panel({ ...axes, title: "Data", marks: [points({ rows: shown, color: "#8d95a3" })] }),
    { ...densityHeatmap({ cells, logDensity, names, show: "log density", title: "Log-density" }), equal },
    { ...densityHeatmap({ cells, logDensity, names, colormap: "magma", title: "Density" }), equal },
  ];
  return { name: "density", svg: figure({ panels }), caption: "The log-density is cut ten nats below its top." };
}

function columnByColumn({ data, model, samples }: Subject): NamedFigure {
  const names = columnsOf(model).slice(0, mostColumns);
  return {
    name: "marginals",
    svg: figure({ panels: marginals({ real: data.rows, generated: samples, names }), columns: Math.min(4, names.length), width: 1080 }),
    caption: "Histograms of the data's columns and of samples of the model, in the same bins.",
  };
}
