import { isNumber } from "./number-cell.js";

/** How a file writes its numbers. */
export interface NumberStyle {
  readonly decimal: "." | ",";
  /** Between groups of three digits; "" for none. */
  readonly thousands: "" | "," | ".";
}

export const plainStyle: NumberStyle = { decimal: ".", thousands: "" };

/** In the order in which they are preferred where they read as many cells. */
const styles: readonly NumberStyle[] = [
  plainStyle,
  { decimal: ",", thousands: "" },
  { decimal: ".", thousands: "," },
  { decimal: ",", thousands: "." },
];

/** Groups do not begin with a zero: 0,126 is a decimal. */
const grouped = { "": undefined, ",": /^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/, ".": /^[+-]?[1-9]\d{0,2}(\.\d{3})+(,\d+)?$/ } as const;
const commaDecimal = /^[+-]?(\d+,?\d*|,\d+)(e[+-]?\d+)?$/i;

/** A cell as it is written with a decimal point and no groups; undefined where it is no number of that style. */
export function plainNumber(cell: string, { decimal, thousands }: NumberStyle): string | undefined {
  const text = cell.trim();
  const ungrouped = grouped[thousands]?.test(text) ? text.replaceAll(thousands, "") : text;
  if (decimal === ".") return isNumber(ungrouped) ? ungrouped : undefined;
  return commaDecimal.test(ungrouped) ? ungrouped.replace(",", ".") : undefined;
}

/** A style, and how many cells are numbers in it. */
export interface Reading {
  readonly style: NumberStyle;
  readonly count: number;
  /** Another style that reads as many, but other numbers; with a cell that shows it. */
  readonly rival?: { readonly style: NumberStyle; readonly cell: string } | undefined;
}

/** The style that reads most cells as numbers, of those that are allowed. */
export function bestStyle(rows: readonly (readonly string[])[], asked: Partial<NumberStyle>): Reading {
  const allowed = styles.filter(
    ({ decimal, thousands }) => (asked.decimal ?? decimal) === decimal && (asked.thousands ?? thousands) === thousands,
  );
  const given = allowed.length > 0 ? allowed : [{ ...plainStyle, ...asked }];
  const counts = given.map((style) =>
    rows.reduce((sum, row) => sum + row.filter((cell) => plainNumber(cell, style) !== undefined).length, 0),
  );
  const count = Math.max(...counts);
  const [style, ...others] = given.filter((_, i) => counts[i] === count);
  if (style!.decimal === "." && style!.thousands === "") return { style: style!, count };
  return { style: style!, count, rival: others.map((other) => differing(rows, style!, other)).find((rival) => rival !== undefined) };
}

function differing(rows: readonly (readonly string[])[], style: NumberStyle, other: NumberStyle): Reading["rival"] {
  for (const row of rows)
    for (const cell of row)
      if (Number(plainNumber(cell, style) ?? 0) !== Number(plainNumber(cell, other) ?? 0)) return { style: other, cell };
  return undefined;
}
