import { expectFigure } from "../check.js";
import { formatNumber } from "../scales/format.js";
import { escapeText } from "../svg/element.js";

/** A table's column. */
export interface TableColumn {
  readonly name: string;
  /** Behind the name, "ms". */
  readonly unit?: string;
  /** Draws the numbers of this column as bars from zero, too. */
  readonly bar?: boolean;
}

/** A table as data; the first cell of a row is its heading. Numbers are formatted, null is a dash. */
export interface ReportTable {
  readonly caption?: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** One value a row, with a bar. */
export interface BarTableOptions {
  readonly caption?: string;
  readonly name: string;
  readonly value: string;
  readonly unit?: string;
  readonly rows: readonly { readonly name: string; readonly value: number | null }[];
}

/** A table of named values with bars. */
export const barTable = ({ caption, name, value, unit, rows }: BarTableOptions): ReportTable => ({
  ...(caption === undefined ? {} : { caption }),
  columns: [{ name }, { name: value, bar: true, ...(unit === undefined ? {} : { unit }) }],
  rows: rows.map((row) => [row.name, row.value]),
});

/** What one model or backend costs; leave away what was not measured. */
export interface Cost {
  readonly name: string;
  readonly parameters?: number;
  readonly trainingSeconds?: number;
  readonly scoredPerSecond?: number;
  readonly sampledPerSecond?: number;
  readonly peakMegabytes?: number;
}

const costColumns = [
  ["parameters", { name: "parameters" }],
  ["trainingSeconds", { name: "training", unit: "s", bar: true }],
  ["scoredPerSecond", { name: "scored", unit: "rows/s", bar: true }],
  ["sampledPerSecond", { name: "sampled", unit: "rows/s", bar: true }],
  ["peakMegabytes", { name: "peak memory", unit: "MB" }],
] as const;

/** A table of costs with the columns that any row has. */
export function costTable({ caption, costs }: { readonly caption?: string; readonly costs: readonly Cost[] }): ReportTable {
  const used = costColumns.filter(([key]) => costs.some((cost) => cost[key] !== undefined));
  return {
    ...(caption === undefined ? {} : { caption }),
    columns: [{ name: "" }, ...used.map(([, column]) => column)],
    rows: costs.map((cost) => [cost.name, ...used.map(([key]) => cost[key] ?? null)]),
  };
}

/** A table as HTML, with headings that screen readers announce. */
export function tableHtml({ caption, columns, rows }: ReportTable): string {
  rows.forEach((row, i) => {
    expectFigure(row.length === columns.length, "tableHtml", `row ${i} has ${row.length} cells for ${columns.length} columns.`);
  });
  const largest = columns.map((_, i) => Math.max(0, ...rows.map((row) => barLength(row[i]))));
  const head = columns.map(
    ({ name, unit }, i) => `<th scope="col"${numeric(rows, i)}>${escapeText(unit ? `${name} (${unit})` : name)}</th>`,
  );
  const body = rows.map((row) => `<tr>${row.map((value, i) => cell(value, i, columns[i]?.bar ? largest[i]! : 0)).join("")}</tr>`);
  const title = caption === undefined ? "" : `<caption>${escapeText(caption)}</caption>`;
  return `<div class="table"><table>${title}<thead><tr>${head.join("")}</tr></thead><tbody>${body.join("")}</tbody></table></div>`;
}

const barLength = (value: string | number | null | undefined): number =>
  typeof value === "number" && Number.isFinite(value) ? Math.max(0, value) : 0;

const numeric = (rows: ReportTable["rows"], column: number): string =>
  rows.some((row) => typeof row[column] === "number") ? ' class="number"' : "";

function cell(value: string | number | null, column: number, largest: number): string {
  const text = escapeText(value === null ? "–" : typeof value === "number" ? formatNumber(value) : value);
  if (column === 0) return `<th scope="row">${text}</th>`;
  if (typeof value === "string") return `<td>${text}</td>`;
  const share = largest > 0 ? (100 * barLength(value)) / largest : 0;
  const bar = largest > 0 ? `<span class="bar" style="width:${share.toFixed(1)}%" aria-hidden="true"></span>` : "";
  return `<td class="number">${bar}<span>${text}</span></td>`;
}
