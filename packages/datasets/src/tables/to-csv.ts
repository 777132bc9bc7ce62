import type { Rows } from "@flows/core";
import { fail } from "@flows/core/author";

/** Comma-separated text with a header, every number in the fewest digits that read back to the same value. */
export function toCsv(columns: readonly string[], { data, shape }: Rows): string {
  const [n, width = 1] = shape;
  if (shape.length > 2 || width !== columns.length)
    fail("shape", "toCsv", `expected rows of shape [n, ${columns.length}], got [${shape}].`);
  const write = data instanceof Float32Array ? shortest32 : String;
  const lines = [columns.map(quoted).join(",")];
  for (let i = 0; i < n; i++) lines.push(Array.from(data.subarray(i * width, (i + 1) * width), write).join(","));
  return `${lines.join("\n")}\n`;
}

const quoted = (name: string): string => (/[",\n\r]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);

/** Nine digits always tell float32 values apart, often fewer do. */
function shortest32(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}
