import type { Rows } from "@flows/core";
import { fail } from "@flows/core/author";

export interface WriteOptions {
  /**
   * The columns' scales, for numbers that were computed in float32 in units of these: each is written with nine digits, and as many more as it is
   * larger than its column's scale, since what follows is rounding. Without them every digit is.
   */
  readonly scales?: readonly number[] | undefined;
}

/**
 * Comma-separated text with a header, every number in the fewest digits that read back to the same value, or to `scales`.
 *
 * Throws FlowsError "shape" (another number of names or scales than columns).
 */
export function toCsv(columns: readonly string[], { data, shape }: Rows, { scales }: WriteOptions = {}): string {
  const [n, width = 1] = shape;
  if (shape.length > 2 || width !== columns.length)
    fail("shape", "toCsv", `expected rows of shape [n, ${columns.length}], got [${shape}].`);
  if (scales && scales.length !== width) fail("shape", "toCsv", `expected ${width} scales, one for each column, got ${scales.length}.`);
  const whole = data instanceof Float32Array ? shortest32 : String;
  const write = (value: number, column: number): string => (scales ? inScale(value, scales[column]!) : whole(value));
  const lines = [columns.map(quoted).join(",")];
  for (let i = 0; i < n; i++) lines.push(Array.from(data.subarray(i * width, (i + 1) * width), write).join(","));
  return `${lines.join("\n")}\n`;
}

const quoted = (name: string): string => (/[",\n\r]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);

/** Float64 tells values apart by 17 digits. */
const mostDigits = 17;

function inScale(value: number, scale: number): string {
  const digits = 9 + Math.max(0, Math.ceil(Math.log10(Math.abs(value) / scale)));
  return digits < mostDigits ? String(Number(value.toPrecision(digits))) : String(value);
}

/** Nine digits always tell float32 values apart, often fewer do. */
function shortest32(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}
