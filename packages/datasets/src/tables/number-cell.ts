const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const comma = /^[+-]?\d*,\d+$/;
const missing = new Set(["", "na", "n/a", "null", "none", "?", "-"]);
const notFinite = /^[+-]?(nan|inf|infinity)$/i;

/** Whether a cell holds a number as people write them: no hex, no separators, a decimal point. */
export const isNumber = (cell: string): boolean => decimal.test(cell.trim());

/** What is wrong with a cell that should be a finite number, or undefined. */
export function complaint(cell: string): string | undefined {
  const text = cell.trim();
  if (missing.has(text.toLowerCase())) return text === "" ? "the cell is missing" : `"${text}" stands for a missing value`;
  if (notFinite.test(text)) return `"${text}" is not finite`;
  if (comma.test(text)) return `"${text}" has a decimal comma, which must be a point`;
  if (!decimal.test(text)) return `"${text.length > 40 ? `${text.slice(0, 40)}...` : text}" is not a number`;
  return Number.isFinite(Number(text)) ? undefined : `${text} is too large for a float64`;
}
