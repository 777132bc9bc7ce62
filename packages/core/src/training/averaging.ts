import { add, mul, sub, tidy, type Variable } from "@tensorflow/tfjs-core";
import { hold } from "../modules/params.js";
import { constant } from "../ops/index.js";
import type { Packed } from "../optim/packed.js";
import type { Averaging } from "./options.js";

/** A running average of the packed weights. */
export interface Averager {
  readonly average: Variable;
  /** Takes the weights after step `step`, counted from 1, in. */
  take(step: number): void;
  /** Puts the average in the weights' place. */
  apply(): void;
  /** `apply`, and what puts the weights back. */
  swap(): () => void;
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
      return () => {
        packed.scatter(raw);
        raw.dispose();
      };
    },
    dispose: () => average.dispose(),
  };
}
