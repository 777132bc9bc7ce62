import { format } from "d3-format";

/** A number for people: grouped thousands, a true minus, powers of ten where it is very large or small; whole numbers stay exact. */
export function formatNumber(value: number, digits = 4): string {
  if (Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e9) return format(",d")(value);
  return raised(format(size < 1e-3 || size >= 1e6 ? `.${digits - 1}~e` : `,.${digits}~r`)(value));
}

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** 1.5e-7 as people write it: 1.5×10⁻⁷. */
export const raised = (text: string): string =>
  text.replace(/([\d.]+)e([+-])(\d+)$/, (_, front: string, sign: string, power: string) => {
    if (front === "0") return "0";
    const digits = [...power].map((digit) => superscripts[Number(digit)]).join("");
    return `${front === "1" ? "" : `${front}×`}10${sign === "-" ? "⁻" : ""}${digits}`;
  });
