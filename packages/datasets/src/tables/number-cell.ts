/** How numbers are written. */
export interface NumberFormat {
  readonly decimal: "." | ",";
  /** What stands between groups of three digits; "" where nothing does. */
  readonly thousands: string;
}

const missing = new Set(["", "na", "n/a", "null", "none", "?", "-"]);
const notFinite = /^[+-]?(nan|inf|infinity)$/i;
const exponent = "([eE][+-]?\\d+)?";
const escaped = (mark: string): string => mark.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Reads cells of one format: their number, or undefined where they hold none. No hex. */
export function numberReader({ decimal, thousands }: NumberFormat): (cell: string) => number | undefined {
  const [point, mark] = [escaped(decimal), escaped(thousands)];
  const plain = new RegExp(`^[+-]?(\\d+${point}?\\d*|${point}\\d+)${exponent}$`);
  const grouped = mark === "" ? undefined : new RegExp(`^[+-]?[1-9]\\d{0,2}(${mark}\\d{3})+(${point}\\d*)?$`);
  return (cell) => {
    const text = cell.trim();
    if (plain.test(text)) return Number(text.replace(decimal, "."));
    return grouped?.test(text) ? Number(text.replaceAll(thousands, "").replace(decimal, ".")) : undefined;
  };
}

/** Whether a cell stands for a missing value: empty, NA, null, ?, or one of these words. */
export const isMissing = (cell: string, na: readonly string[]): boolean =>
  missing.has(cell.trim().toLowerCase()) || na.includes(cell.trim());

const integer = /^[+-]?\d+$/;

/** What is wrong with a cell that should be a finite number, or undefined. */
export function complaint(cell: string, value: number | undefined, na: readonly string[]): string | undefined {
  const text = cell.trim();
  if (isMissing(text, na)) return text === "" ? "the cell is missing" : `"${text}" stands for a missing value`;
  if (notFinite.test(text)) return `"${text}" is not finite`;
  if (value === undefined) return `"${text.length > 40 ? `${text.slice(0, 40)}...` : text}" is not a number`;
  if (!Number.isFinite(value)) return `${text} is too large for a float64`;
  const exact = Number.isSafeInteger(value) || !integer.test(text) || BigInt(text.replace("+", "")) === BigInt(value);
  return exact ? undefined : `${text} is an integer that a float64 cannot hold exactly`;
}
