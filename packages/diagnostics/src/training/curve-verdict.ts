import { fail } from "@flows/core/author";
import { medianOf } from "../statistics/moments.js";

/** What a training curve says. */
export interface CurveVerdict {
  readonly verdict: "fine" | "flat" | "exploding" | "overfitted";
  /** How far the loss fell from its first value to the median of its last tenth, in nats; NaN where it is not finite. */
  readonly fall: number;
  /** The standard deviation of its noise from one entry to the next. */
  readonly noise: number;
  /** What was seen and what to do, in a sentence or two. */
  readonly advice: string;
}

/** Entries from which on a tenth can be told from noise. */
const fewest = 10;
/** A fall below so many nats is none. */
const noFall = 0.01;

/**
 * Judges a curve of losses, in nats and in the order they came.
 *
 * exploding: an entry is not finite, or lies above the best before it by 10 standard deviations of the noise and, if two of three entries do,
 * by a quarter of the whole fall, or if it alone does, by all of it.
 * flat: from the first entry to the last tenth it fell by less than 4 standard errors of the noise, or by less than 0.01 nats.
 * overfitted: it would be fine, but over the last tenth the validation losses lie above it by more than a quarter of the fall, by more
 * than 4 standard deviations of the noise and by more than 0.01 nats.
 * Flat from the start is a bug, a jump after convergence is an explosion.
 *
 * @example
 * const { verdict, advice } = curveVerdict(history.trainNll, history.validationNll);
 */
export function curveVerdict(losses: ArrayLike<number>, validation: ArrayLike<number> = []): CurveVerdict {
  const verdict = ofTraining(Float64Array.from(losses));
  return verdict.verdict === "fine" && validation.length > 0 ? besideValidation(verdict, losses, validation) : verdict;
}

/** Whether what training gained holds for other rows. */
function besideValidation(fine: CurveVerdict, losses: ArrayLike<number>, validation: ArrayLike<number>): CurveVerdict {
  const { fall, noise } = fine;
  const [train, other] = [endOf(losses), endOf(validation)];
  if (other - train <= Math.max(noFall, 4 * noise, fall / 4)) return fine;
  return told("overfitted", fall, noise, `training ends at ${train.toFixed(3)} nats, validation at ${other.toFixed(3)}`);
}

/** The median of the last tenth. */
function endOf(losses: ArrayLike<number>): number {
  const values = Float64Array.from(losses);
  return medianOf(values.subarray(-Math.ceil(values.length / 10)));
}

function ofTraining(values: Float64Array): CurveVerdict {
  if (values.length < fewest) fail("data", "curveVerdict", `at least ${fewest} losses are needed to judge a curve, got ${values.length}.`);
  const broken = values.findIndex((value) => !Number.isFinite(value));
  if (broken >= 0) return told("exploding", Number.NaN, Number.NaN, `loss ${broken + 1} of ${values.length} is ${values[broken]}`);
  const noise = noiseOf(values);
  const tenth = Math.ceil(values.length / 10);
  const fall = values[0]! - endOf(values);
  const least = Math.max(10 * noise, noFall);
  const jump = firstJump(values, { lasting: Math.max(least, 0.25 * Math.abs(fall)), alone: Math.max(least, Math.abs(fall)) });
  if (jump)
    return told("exploding", fall, noise, `loss ${jump.at + 1} of ${values.length} is ${jump.by.toFixed(3)} nats above the best before`);
  const needed = Math.max(noFall, 4 * noise * Math.sqrt(1 + Math.PI / 2 / tenth));
  return fall < needed
    ? told("flat", fall, noise, `it fell by ${fall.toFixed(3)} nats`)
    : told("fine", fall, noise, `it fell by ${fall.toFixed(3)} nats`);
}

const advices = {
  overfitted: "What it gained holds for the training rows only: give it more rows, a smaller model or fewer steps.",
  fine: "Look at the end: where it still falls, train longer.",
  flat: "The model learns nothing: look for a wrong mask or log-det, frozen parameters, or a learning rate that is far too small. A model that starts at its best is flat, too.",
  exploding: "Lower the learning rate or the gradient's clip norm, and look for wild values in the data.",
} as const;

const told = (verdict: CurveVerdict["verdict"], fall: number, noise: number, seen: string): CurveVerdict => ({
  verdict,
  fall,
  noise,
  advice: `The curve is ${verdict}: ${seen}. ${advices[verdict]}`,
});

/** From the median size of the differences, which neither the fall nor a jump moves much; a normal's is 0.6745 sqrt(2) of its sd. */
const noiseOf = (values: Float64Array): number =>
  medianOf(values.subarray(1).map((value, i) => Math.abs(value - values[i]!))) / (0.6745 * Math.SQRT2);

/** The first entry that lies too far above the running minimum of five-entry medians: it and its neighbours, or it alone. */
function firstJump(
  values: Float64Array,
  { lasting, alone }: { readonly lasting: number; readonly alone: number },
): { readonly at: number; readonly by: number } | undefined {
  let best = Number.POSITIVE_INFINITY;
  for (let at = 5; at < values.length; at++) {
    best = Math.min(best, medianOf(values.subarray(at - 5, at)));
    const by = values[at]! - best;
    if (by > alone || medianOf(values.subarray(at - 2, at + 1)) - best > lasting) return { at, by };
  }
  return undefined;
}
