import { fail } from "@flows/core/author";
import type { Cells } from "./csv-cells.js";
import type { CsvFormatOptions } from "./csv-options.js";
import { type NumberFormat, numberReader } from "./number-cell.js";

/** A way to write numbers, and how much of a file it explains. */
export interface ScoredFormat extends NumberFormat {
  /** Characters in cells that hold numbers. */
  readonly score: number;
}

type Marks = Pick<CsvFormatOptions, "decimal" | "thousands">;

const formats: readonly NumberFormat[] = [
  { decimal: ".", thousands: "" },
  { decimal: ",", thousands: "" },
  { decimal: ".", thousands: "," },
  { decimal: ",", thousands: "." },
];

/** The formats that the options leave open. Between commas nobody groups thousands by points. */
function candidates({ delimiter, decimal, thousands }: Marks & { readonly delimiter: string }): readonly NumberFormat[] {
  const usual = delimiter === "," ? formats.filter((format) => format.thousands !== ".") : formats;
  const own = thousands === undefined ? usual : formats.map((format) => ({ ...format, thousands }));
  const open = own.filter((format) => format.thousands !== format.decimal && (decimal === undefined || format.decimal === decimal));
  return open.filter(
    (format, i) => open.findIndex((other) => other.decimal === format.decimal && other.thousands === format.thousands) === i,
  );
}

/** The formats by how much of the file they explain; of equal ones the simplest comes first. */
export function scoredFormats({ rows }: Cells, delimiter: string, given: Marks): readonly ScoredFormat[] {
  const scored = candidates({ ...given, delimiter }).map((format) => {
    const read = numberReader(format);
    let score = 0;
    for (const row of rows) for (const cell of row) if (read(cell) !== undefined) score += cell.trim().length;
    return { ...format, score };
  });
  return scored.sort((a, b) => b.score - a.score);
}

/** Throws FlowsError "data" where another format reads a cell that the first does not, or reads as much of the file in another way. */
export function checkFormats(where: string, cells: Cells, [best, ...rivals]: readonly ScoredFormat[]): void {
  for (const rival of rivals) {
    const unread = differing(cells, best!, rival, false);
    const other = unread ?? (rival.score === best!.score ? differing(cells, best!, rival, true) : undefined);
    if (!other) continue;
    const own = differing(cells, rival, best!, false);
    const first =
      unread && own ? `${reading(own, best!)}, but ${reading(other, rival)}` : `${reading(other, best!)} or ${reading(other, rival)}`;
    fail("data", where, `numbers are written in two ways: ${first}. Say which with decimal and thousands.`, {
      details: { options: ["decimal", "thousands"] },
    });
  }
}

interface Place {
  readonly cell: string;
  readonly line: number;
}

/** A cell that `rival` reads and `best` does not; or, where `both` read it, one that they read as different numbers. */
function differing({ rows, lines }: Cells, best: NumberFormat, rival: NumberFormat, both: boolean): Place | undefined {
  const [mine, theirs] = [numberReader(best), numberReader(rival)];
  for (const [i, row] of rows.entries())
    for (const cell of row) {
      const other = theirs(cell);
      if (other === undefined || !/[.,]/.test(cell)) continue;
      const own = mine(cell);
      if (both ? own !== undefined && own !== other : own === undefined) return { cell: cell.trim(), line: lines[i]! };
    }
  return undefined;
}

const reading = ({ cell, line }: Place, format: NumberFormat): string =>
  `"${cell}" (row ${line}) is ${numberReader(format)(cell)} with ${formatWords(format)}`;

/** "decimal comma, thousands by points" */
export function formatWords({ decimal, thousands }: NumberFormat): string {
  const marks: Readonly<Record<string, string>> = { ".": "points", ",": "commas", " ": "spaces" };
  return `decimal ${decimal === "." ? "point" : "comma"}${thousands && `, thousands by ${marks[thousands] ?? thousands}`}`;
}
