import { finiteNumber, oneOf, wholeNumber } from "../checks.js";
import { fail } from "../errors.js";

/**
 * How the learning rate goes, as plain data. `warmup` steps rise linearly to the full rate; then it stays (constant) or falls along
 * half a cosine to `to` (default 0) at the last step.
 */
export type Schedule =
  | { readonly kind: "constant"; readonly warmup?: number | undefined }
  | { readonly kind: "cosine"; readonly to?: number | undefined; readonly warmup?: number | undefined };

/** Refuses a schedule that is none. */
export function checkSchedule(where: string, name: string, schedule: Schedule): void {
  oneOf(where, `${name}.kind`, schedule.kind, ["cosine", "constant"]);
  wholeNumber(where, `${name}.warmup`, schedule.warmup ?? 0, 0);
  if (schedule.kind === "cosine") finiteNumber(where, `${name}.to`, schedule.to ?? 0, { least: 0 });
}

/** Refuses a schedule that training of so many steps cannot follow. */
export function checkEnd(where: string, { kind, warmup = 0 }: Schedule, steps: number | undefined): void {
  if (kind === "constant") return;
  if (steps === undefined) fail("config", where, "a cosine schedule over a source of batches must know its end. Give steps, not epochs.");
  if (warmup >= steps) fail("config", where, `schedule.warmup must be below the ${steps} steps of the fit, got ${warmup}.`);
}

/**
 * The rate of a step, counted from 0, of `steps` in all.
 *
 * rate * (step + 1) / warmup while warming up; then, for the cosine, to + (rate - to) (1 + cos(pi t)) / 2 with t from 0 to 1.
 * Source: Loshchilov and Hutter (2017), SGDR, eq. 5, https://arxiv.org/abs/1608.03983
 */
export function rateAt(schedule: Schedule, rate: number, step: number, steps: number | undefined): number {
  const { warmup = 0 } = schedule;
  if (step < warmup) return (rate * (step + 1)) / warmup;
  if (schedule.kind === "constant" || steps === undefined) return rate;
  const { to = 0 } = schedule;
  const t = (step - warmup) / Math.max(1, steps - warmup - 1);
  return to + ((rate - to) * (1 + Math.cos(Math.PI * t))) / 2;
}
