/** Three digits that count, whole numbers from 1,000 on. */
export const short = (value: number): string =>
  Math.abs(value) >= 999.5 ? Math.round(value).toLocaleString("en-US") : `${Number(value.toPrecision(3))}`;

/** A number, or a dash where there is none. */
export const orDash = (value: number | null, text: (value: number) => string = short): string => (value === null ? "–" : text(value));
