/** A table of texts; columns named in `right` are numbers. */
export interface Table {
  readonly heads: readonly string[];
  readonly right: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** As Markdown whose columns stand in line, for terminals and files alike. */
export function markdown({ heads, right, rows }: Table): string {
  const toRight = heads.map((head) => right.includes(head));
  const widths = heads.map((head, i) => Math.max(3, head.length, ...rows.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => (toRight[i] ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!))).join(" | ")} |`;
  const rule = `| ${widths.map((width, i) => (toRight[i] ? `${"-".repeat(width - 1)}:` : "-".repeat(width))).join(" | ")} |`;
  return [line(heads), rule, ...rows.map(line)].join("\n");
}
