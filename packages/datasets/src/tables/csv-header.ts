import { fail } from "@flows/core/author";
import type { Cells } from "./csv-cells.js";
import { type NumberStyle, plainNumber } from "./number-style.js";

/** Names of columns, the rows below them, and which columns are an index. */
export interface Headed {
  readonly header: boolean;
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly lines: readonly number[];
  /** Columns without a name that only count or name the rows. */
  readonly index: readonly string[];
}

/** Takes the header from a text's cells. Where a first row of numbers may be one, it has to be said. */
export function headed(where: string, { rows, lines, rowNames }: Cells, style: NumberStyle, asked: boolean | undefined): Headed {
  const firstNumbers = rows[0]!.map((cell) => plainNumber(cell, style));
  const header = asked ?? (rowNames || firstNumbers.every((number) => number === undefined));
  if (asked === undefined && !rowNames && firstNumbers.every((number) => number !== undefined)) checkFirst(where, rows, style);
  const first = rowNames ? ["", ...rows[0]!] : rows[0]!;
  const body = rows.slice(header ? 1 : 0);
  const names = first.map((cell, k) => (header && cell.trim() !== "" ? cell.trim() : `column ${k + 1}`));
  const twice = names.find((name, k) => names.indexOf(name) !== k);
  if (twice !== undefined) fail("data", where, `two columns are called "${twice}". Rename one.`);
  const index = names.filter((_, k) => header && first[k]!.trim() === "" && (rowNames || counts(body.map((row) => row[k]!))));
  return { header, names, rows: body, lines: lines.slice(header ? 1 : 0), index };
}

/** Whether cells count their rows: 0, 1, 2, ... or 1, 2, 3, ... */
const counts = (cells: readonly string[]): boolean => {
  const start = Number(cells[0]);
  return (start === 0 || start === 1) && cells.every((cell, i) => cell.trim() !== "" && Number(cell) === start + i);
};

/** Refuses a first row of steady whole numbers above rows that are nothing like it: wavelengths, years, or pandas' 0, 1, 2. */
function checkFirst(where: string, rows: readonly (readonly string[])[], style: NumberStyle): void {
  const numbers = (row: readonly string[]): number[] => row.map((cell) => Number(plainNumber(cell, style)));
  const [first, ...rest] = [numbers(rows[0]!), ...rows.slice(1).map(numbers)];
  if (first!.length < 3 || rest.length < 3) return;
  const step = first![1]! - first![0]!;
  const steady = step > 0 && first!.every((value, k) => Number.isInteger(value) && value === first![0]! + k * step);
  if (!steady || !(fromZero(first!, rest) || farOff(first!, rest))) return;
  fail(
    "data",
    where,
    `row 1 (${rows[0]!.slice(0, 4).join(", ")}${rows[0]!.length > 4 ? ", ..." : ""}) may name the columns or be a row of numbers. Say which: header true or false.`,
    { details: { row: 1 } },
  );
}

const fromZero = (first: readonly number[], rest: readonly (readonly number[])[]): boolean =>
  first[0] === 0 && first[1] === 1 && first.every((_, k) => rest.some((row) => !Number.isInteger(row[k]!)));

/** Every number lies ten times its column's range away from the column. */
function farOff(first: readonly number[], rest: readonly (readonly number[])[]): boolean {
  return first.every((value, k) => {
    const column = rest.map((row) => row[k]!).filter(Number.isFinite);
    const [low, high] = [Math.min(...column), Math.max(...column)];
    return value > high + 10 * (high - low) || value < low - 10 * (high - low);
  });
}
