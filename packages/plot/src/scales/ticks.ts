import { ticks as niceTicks, tickIncrement } from "d3-array";

/** A place on an axis; without a label it only has a grid line. */
export interface Tick {
  readonly at: number;
  readonly label: string;
}

/** Round values, about one in 60 pixels, all written with the same decimals. */
export function linearTicks([low, high]: readonly [number, number], pixels: number): Tick[] {
  const count = Math.min(10, Math.max(2, pixels / 60));
  const values = niceTicks(low, high, count);
  const step = stepSize(low, high, count);
  return values.map((at) => ({ at, label: tickLabel(at, step) }));
}

// tickIncrement gives the inverse of a step below one, negated.
function stepSize(low: number, high: number, count: number): number {
  const increment = tickIncrement(low, high, count);
  return increment < 0 ? -1 / increment : increment;
}

/** Powers of ten with faint lines between them; where fewer than two powers show, round values as on a linear axis. */
export function logTicks(domain: readonly [number, number], pixels: number): Tick[] {
  const [low, high] = domain;
  const first = Math.floor(Math.log10(low));
  const powers = Array.from({ length: Math.ceil(Math.log10(high)) - first + 1 }, (_, i) => first + i);
  const shown = powers.filter((power) => 10 ** power >= low && 10 ** power <= high);
  if (shown.length < 2) return linearTicks(domain, pixels);
  const every = Math.ceil(shown.length / Math.max(2, pixels / 40));
  const minors = shown.length <= 5 ? [2, 3, 4, 5, 6, 7, 8, 9] : [];
  const plain = shown.every((power) => power >= -3 && power <= 4);
  const name = (power: number) => (plain ? formatNumber(10 ** power) : `10${raised(power)}`);
  return powers.flatMap((power) => [
    { at: 10 ** power, label: power % every === 0 ? name(power) : "" },
    ...minors.map((digit) => ({ at: digit * 10 ** power, label: "" })),
  ]);
}

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const raised = (power: number): string =>
  (power < 0 ? "⁻" : "") + [...`${Math.abs(power)}`].map((digit) => superscripts[Number(digit)]).join("");

function tickLabel(value: number, step: number): string {
  const size = Math.max(Math.abs(value), step);
  if (value === 0 && step < 1e-4) return "0";
  if (size >= 1e6 || step < 1e-4) return scientific(value, Math.min(16, 2 + Math.ceil(Math.log10(size / step))));
  return grouped(value, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
}

/** A number for people: grouped thousands, a true minus, powers of ten where it is very large or small; whole numbers stay exact. */
export function formatNumber(value: number, digits = 4): string {
  if (Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e9) return grouped(value, 0);
  if (size < 1e-3 || size >= 1e6) return scientific(value, digits);
  return grouped(Number(value.toPrecision(digits)), Math.max(0, digits - 1 - Math.floor(Math.log10(size))), 0);
}

function scientific(value: number, digits: number): string {
  const [mantissa = "", power] = value.toExponential(digits - 1).split("e");
  const rounded = String(Number(mantissa)).replace("-", "−");
  const front = rounded === "1" ? "" : rounded === "−1" ? "−" : `${rounded}×`;
  return `${front}10${raised(Number(power))}`;
}

const grouped = (value: number, decimals: number, least = decimals): string =>
  value
    .toLocaleString("en-US", { minimumFractionDigits: Math.min(20, least), maximumFractionDigits: Math.min(20, decimals) })
    .replace("-", "−")
    .replace(/^−(?=0(\.0+)?$)/, "");
