import type { Rows } from "@flows/core";
import { fail } from "@flows/core/author";
import type { Cells } from "./csv-cells.js";
import type { CsvOptions } from "./csv-options.js";
import { complaint, isMissing } from "./number-cell.js";

interface Trouble {
  readonly line: number;
  readonly column: string;
  readonly wrong: string;
  readonly missing: boolean;
}

/** The numbers of some columns. Every cell that holds none is in one error; or rows with a missing cell are dropped and counted. */
export function csvNumbers(
  where: string,
  names: readonly string[],
  columns: readonly string[],
  { rows, lines }: Pick<Cells, "rows" | "lines">,
  read: (cell: string) => number | undefined,
  { na = [], missing = "refuse", atLeast = 2 }: CsvOptions,
): { readonly rows: Rows; readonly dropped: number } {
  const places = columns.map((column) => names.indexOf(column));
  const full = [...rows.keys()].filter((i) => missing === "refuse" || !places.some((k) => isMissing(rows[i]![k]!, na)));
  const data = new Float64Array(full.length * places.length);
  const troubles: Trouble[] = [];
  for (const [to, i] of full.entries())
    for (const [j, k] of places.entries()) {
      const cell = rows[i]![k]!;
      const value = read(cell);
      const wrong = complaint(cell, value, na);
      if (wrong) troubles.push({ line: lines[i]!, column: names[k]!, wrong, missing: isMissing(cell, na) });
      else data[to * places.length + j] = value!;
    }
  if (troubles.length > 0) refuse(where, troubles, rows.length);
  if (full.length < atLeast)
    fail(
      "data",
      where,
      `only ${full.length} of ${rows.length} rows have no missing cell, at least ${atLeast} are needed. Leave columns out with except.`,
    );
  return { rows: { data, shape: [full.length, places.length] }, dropped: rows.length - full.length };
}

function refuse(where: string, troubles: readonly Trouble[], rows: number): never {
  const [{ line, column, wrong }] = troubles as [Trouble];
  const counts = new Map<string, number>();
  for (const { column, missing } of troubles) {
    const kind = `"${column}" ${missing ? "missing" : "unusable"}`;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const all = [...counts].map(([kind, count]) => `${kind} in ${count}`).join(", ");
  const rest = troubles.length === 1 ? "" : ` In all, of ${rows} rows: ${all}.`;
  const drop = troubles.some(({ missing }) => missing) ? ', drop rows with a missing cell by missing: "drop"' : "";
  const text = `row ${line}, column "${column}": ${wrong}.${rest} Correct or remove the row${drop}, or leave the column out with except.`;
  return fail("data", where, text, { details: { counts: Object.fromEntries(counts) } });
}
