import type { Step } from "@flows/core/author";

/** Rows that run through all steps between two barriers before the next ones start: they stay in the cache. */
export const chunk = 64;

/** Runs of steps between barriers, each on a chunk of rows at a time; a barrier sees all rows. */
export function* schedule(steps: readonly Step[], rows: number): Generator<readonly [steps: readonly Step[], from: number, to: number]> {
  for (let at = 0; at < steps.length; ) {
    if (steps[at]!.spec.barrier) {
      yield [[steps[at]!], 0, rows];
      at += 1;
      continue;
    }
    const end = steps.findIndex((step, i) => i > at && step.spec.barrier);
    const run = steps.slice(at, end < 0 ? steps.length : end);
    for (let from = 0; from < rows; from += chunk) yield [run, from, Math.min(rows, from + chunk)];
    at += run.length;
  }
}
