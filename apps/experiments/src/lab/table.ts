import type { Row } from "./record.js";

/** A number as tables show it: four decimals, counts whole, what is tiny or huge in powers of ten. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return `${value}`;
  if (Number.isInteger(value)) return value.toLocaleString("en-US");
  const size = Math.abs(value);
  return size < 5e-5 || size >= 1e6 ? value.toExponential(1) : value.toFixed(4);
}

const cell = (value: number | string | null): string => (value === null ? "–" : typeof value === "string" ? value : shortNumber(value));

const seedsCell = ({ seeds }: Row): string => (seeds.length < 2 ? "" : seeds.map(({ value }) => shortNumber(value)).join(" "));

const heads = ["id", "quantity", "document", "ours", "floor", "seeds"] as const;
const numeric = new Set<string>(["document", "ours", "floor"]);

/** Rows as an aligned table of plain text; numbers stand to the right, the seeds' column only where there are several seeds. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map((row) => [row.id, row.quantity, cell(row.document), cell(row.ours), cell(row.floor), seedsCell(row)]);
  const shown = heads.map((_, column) => column < 5 || cells.some((line) => line[column] !== ""));
  const widths = heads.map((head, column) => Math.max(head.length, ...cells.map((line) => line[column]!.length)));
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, column) => (numeric.has(heads[column]!) ? text.padStart(widths[column]!) : text.padEnd(widths[column]!)))
      .filter((_, column) => shown[column])
      .join("  ")
      .trimEnd();
  return [line(heads), line(widths.map((width) => "-".repeat(width))), ...cells.map(line)].join("\n");
}
