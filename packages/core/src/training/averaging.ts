import { add, mul, sub, type Tensor, tidy, type Variable } from "@tensorflow/tfjs-core";
import { oneOf } from "../checks.js";
import { hold } from "../modules/params.js";
import { constant } from "../ops/index.js";
import type { Packed } from "../optim/packed.js";
import { fraction } from "../options.js";

/**
 * Averages of the weights over steps; the average is what is validated and kept.
 * exponential: average += (1 - decay) (weights - average), faster over the first steps; default decay 0.999.
 * tail: the plain mean of the steps from the fraction `from` of all steps on; default 0.5.
 */
export type Averaging =
  | { readonly kind: "exponential"; readonly decay?: number | undefined }
  | { readonly kind: "tail"; readonly from?: number | undefined };

/** Refuses an average that is none. */
export function checkAveraging(where: string, name: string, averaging: Averaging): void {
  oneOf(where, `${name}.kind`, averaging.kind, ["exponential", "tail"]);
  if (averaging.kind === "exponential") fraction(where, `${name}.decay`, averaging.decay ?? 0);
  else fraction(where, `${name}.from`, averaging.from ?? 0);
}

/** A running average of the packed weights. */
export interface Averager {
  readonly average: Variable;
  /** Takes the weights after step `step`, counted from 1, in. */
  take(step: number): void;
  /** Puts the average in the weights' place. */
  apply(): void;
  /** `apply`; gives the weights that were there, which are the caller's. */
  swap(): Tensor;
  dispose(): void;
}

/** The weight of the newest step in the average: 1 starts it anew. */
export function share(averaging: Averaging, step: number, steps: number): number {
  if (averaging.kind === "exponential") return Math.max(1 - (averaging.decay ?? 0.999), 1 / step);
  const from = Math.floor(steps * (averaging.from ?? 0.5));
  return 1 / Math.max(1, step - from);
}

export function averager(packed: Packed, averaging: Averaging, steps: number): Averager {
  const average = hold(() => packed.gather((buffer) => buffer), false);
  const apply = (): void => packed.scatter(average);
  return {
    average,
    take: (step) =>
      tidy(() => {
        const rate = share(averaging, step, steps);
        const now = packed.gather((buffer) => buffer);
        average.assign(rate === 1 ? now : add(average, mul(sub(now, average), constant(rate))));
      }),
    apply,
    swap: () => {
      const raw = tidy(() => packed.gather((buffer) => buffer).clone());
      apply();
      return raw;
    },
    dispose: () => average.dispose(),
  };
}
