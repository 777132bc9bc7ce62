import type { Schedule } from "@flows/core";
import type { Json } from "@flows/core/author";
import type { MixtureOptions } from "../recipes/own-fits.js";

/** The course of a fit and what came of it: the metadata of a model file. Every NLL is in nats and in the user's units. */
export interface About {
  /** "realnvp" */
  readonly model: string;
  /** The name of the data it was fitted to. */
  readonly data: string;
  readonly backend: string;
  readonly seed: number;
  readonly rows: { readonly train: number; readonly validation: number; readonly test: number };
  /** Of all rows as they were read: whether other DATA are the same. */
  readonly rowsHash: string;
  /** How it was trained, for another fit alike. */
  readonly training: Training;
  /** How its mixture was told to be, where it is one and was told. */
  readonly mixture?: MixtureOptions | undefined;
  readonly raw: boolean;
  /** Numbers that were fitted; older files do not say. */
  readonly parameters?: number;
  readonly steps: number;
  readonly stopped: string;
  readonly bestStep: number | null;
  readonly skipped: number;
  /** How long the fit took. A model file holds no times, so that the same fit writes the same bytes. */
  readonly seconds?: number | undefined;
  readonly stepMs?: { readonly min: number; readonly median: number } | undefined;
  readonly trainNll: number | null;
  readonly validationNll: number | null;
  readonly testNll: number | null;
  /** The test rows' log-densities, ascending: all of them, or 10,000 evenly taken. Null is -Infinity. */
  readonly testLogProb: readonly (number | null)[];
  readonly floor: number | null;
  readonly natsAboveFloor: number | null;
  readonly natsAboveFloorStandardError: number | null;
  /** By how much the worst of the fresh points is missed; older files do not say. */
  readonly worstMiss?: number | null | undefined;
  /** What the fit says of itself: what it chose, and what to beware of. */
  readonly notes: readonly string[];
  /** Empty where the model was not trained by steps. */
  readonly curve: Curve;
}

/** What was passed on to core's fit; undefined stands for the recipe's default. */
export interface Training {
  readonly steps: number | undefined;
  readonly epochs: number | undefined;
  readonly batch: number | undefined;
  readonly learningRate: number | undefined;
  /** Older files hold its kind alone. */
  readonly schedule: Schedule | Schedule["kind"] | undefined;
  readonly clip: number | undefined;
  readonly weightDecay: number | undefined;
  readonly patience: number | undefined;
}

/** The NLLs after the steps `at`; null where one was not finite. */
export interface Curve {
  readonly at: readonly number[];
  readonly train: readonly (number | null)[];
  readonly validation: readonly (number | null)[];
  readonly learningRates: readonly number[];
}

/** Plain data with null for what JSON cannot hold. */
export const plain = (about: About): Json => JSON.parse(JSON.stringify(about)) as Json;

/** The metadata of a file as `plain` wrote it; undefined for other programs' metadata. */
export function aboutOf(json: Json | undefined): About | undefined {
  const about = json as unknown as About | null | undefined;
  const { at, train, validation } = about?.curve ?? {};
  const whole = typeof about?.model === "string" && typeof about.data === "string" && typeof about.rows?.train === "number";
  return whole && [at, train, validation, about.testLogProb, about.notes].every(Array.isArray) ? about : undefined;
}
