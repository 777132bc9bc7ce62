import { fail } from "@flows/core/author";
import type { Cells } from "./csv-cells.js";
import { isMissing } from "./number-cell.js";

type Read = (cell: string) => number | undefined;

/**
 * Whether the first row names the columns. It does where it has words above numbers, or three or more whole numbers of one step (0, 1, 2;
 * years) above columns of fractions. Words above numbers beside numbers above numbers, two such whole numbers, and a rising series outside all that is below it, can be either:
 * a FlowsError "data" asks for the option.
 */
export function hasHeader(where: string, { rows, lines }: Cells, read: Read, na: readonly string[]): boolean {
  const [first, ...body] = rows;
  if (body.length === 0) return !first!.some((cell) => read(cell) !== undefined);
  const numeric = [...first!.keys()].filter((k) => body.some((row) => read(row[k]!) !== undefined));
  const words = numeric.filter((k) => read(first![k]!) === undefined && !isMissing(first![k]!, na));
  const numbers = numeric.filter((k) => read(first![k]!) !== undefined);
  if (numbers.length === 0) return numeric.length > 0 || !first!.some((cell) => read(cell) !== undefined);
  const shown = (k: number): string => `"${first![k]}"`;
  if (words.length > 0)
    either(where, lines[0]!, `${shown(words[0]!)} is a word above numbers, ${shown(numbers[0]!)} a number above numbers`);
  const series = numbers.map((k) => read(first![k]!)!);
  if (!rises(series)) return false;
  const columns = numbers.map((k) => body.map((row) => read(row[k]!)).filter((value) => value !== undefined));
  const whole = numbers.every((k) => /^\d+$/.test(first![k]!.trim())) && steps(series);
  if (whole && columns.every((column) => column.some((value) => !Number.isInteger(value)))) {
    if (series.length > 2) return true;
    either(where, lines[0]!, `${first!.join(", ")} are whole numbers above fractions`);
  }
  const outside = columns.every((column, j) => column.every((value) => value > series[j]!) || column.every((value) => value < series[j]!));
  if (outside && (series.length > 2 || series[0] === 0 || series.every(year)))
    either(where, lines[0]!, `${first!.slice(0, 4).join(", ")} is a series outside all that is below it`);
  return false;
}

const year = (value: number): boolean => value >= 1900 && value <= 2100;
const rises = (series: readonly number[]): boolean => series.length > 1 && series.every((value, i) => i === 0 || value > series[i - 1]!);
const steps = (series: readonly number[]): boolean =>
  series.every((value, i) => Number.isInteger(value) && (i === 0 || value - series[i - 1]! === series[1]! - series[0]!));

function either(where: string, line: number, why: string): never {
  return fail("data", where, `row ${line} may name the columns or be one of the rows: ${why}. Say which with header: true or false.`, {
    details: { options: ["header"] },
  });
}
