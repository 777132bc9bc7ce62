import { type Distribution, type FitOptions, fit, parameterCount, type Rows, toJSON } from "@flows/core";
import { type Standardisation, standardise, type Toy } from "@flows/datasets";
import { type HeldOut, heldOut } from "./held-out.js";
import type { Notebook } from "./notebook.js";
import type { SeedValue } from "./record.js";
import { remember } from "./remember.js";
import { weightsOf, writeWeights } from "./weights.js";

/** A model to fit to a toy, and how. */
export interface Fitting {
  /** Names the files of its seeds. */
  readonly key: string;
  /** What a watcher reads. */
  readonly label: string;
  readonly make: () => Distribution;
  readonly toy: Toy;
  /** Rows to train on, or fresh rows for every step. */
  readonly rows: number | "fresh";
  /** By the training rows' own moments. Default false. */
  readonly standardised?: boolean;
  /** Rows drawn apart, on which the best evaluation is chosen. Default none: the last weights count. */
  readonly validation?: number;
  readonly options: Omit<FitOptions, "seed" | "onStep" | "validation">;
}

/** One seed's outcome, as plain data. */
export interface Fitted extends HeldOut {
  readonly seed: number;
  readonly parameters: number;
  readonly weights: string;
  readonly curve: { readonly x: readonly number[]; readonly y: readonly number[] };
  readonly validation: { readonly x: readonly number[]; readonly y: readonly number[] };
  readonly bestStep: number | null;
  readonly seconds: number;
  readonly stepMs: number;
}

/** What a fitting trains on for a seed: rows in the model's units, and how they got there. */
export interface Training {
  readonly rows: Rows;
  readonly validation: Rows | undefined;
  readonly standardisation: Standardisation | undefined;
}

const batchesInARound = 50;

/** The seed's rows; for fresh rows the first 2,000 of them, to be looked at. */
export function trainingOf({ toy, rows: wanted, standardised = false, validation = 0 }: Fitting, seed: number): Training {
  const n = wanted === "fresh" ? 2000 : wanted;
  const train = toy.sample(n, seed);
  const standardisation = standardised ? standardise(train) : undefined;
  const own = (rows: Rows): Rows => standardisation?.apply(rows) ?? rows;
  return { rows: own(train), validation: validation > 0 ? own(toy.sample(validation, seed, n)) : undefined, standardisation };
}

/** New rows for every step, and the same ones whenever a round is asked for again. */
const fresh = ({ toy, options: { batch = 256 } }: Fitting, seed: number) =>
  function* (round: number): Generator<Rows> {
    for (let i = 0; i < batchesInARound; i++) yield toy.sample(batch, seed, (round * batchesInARound + i) * batch);
  };

/** Fits, scores on fresh points and remembers: one seed of an experiment. */
export function fitted(notebook: Notebook, fitting: Fitting, seed: number): Promise<Fitted> {
  const { key, toy, make, label, options, ...rest } = fitting;
  const blank = make();
  const decisive = { model: toJSON(blank), toy: [toy.name, toy.config], rest, options, seed };
  blank.dispose();
  return remember(notebook, `${key}-${seed}`, decisive, () => run(notebook, fitting, seed));
}

async function run({ progress }: Notebook, fitting: Fitting, seed: number): Promise<Fitted> {
  const { make, toy, label, options } = fitting;
  const { rows, validation, standardisation } = trainingOf(fitting, seed);
  const model = make();
  const name = `${label}, seed ${seed}`;
  const curve = { x: [] as number[], y: [] as number[] };
  try {
    const history = await fit(model, fitting.rows === "fresh" ? fresh(fitting, seed) : rows, {
      ...options,
      validation: validation ?? 0,
      seed,
      onStep: ({ step, steps, loss }) => {
        curve.x.push(step);
        curve.y.push(loss);
        if (steps) progress.step(name, step / steps, `NLL ${loss.toFixed(3)}`);
      },
    });
    const found = await heldOut(model, toy, seed, standardisation);
    progress.end(name, `${found.above.mean.toFixed(4)} nats above the floor`);
    const { seconds, stepMs, evaluatedAt, validationNll, bestStep = null } = history;
    return {
      ...found,
      seed,
      parameters: parameterCount(model),
      weights: await weightsOf(model),
      curve,
      validation: { x: validationNll.length > 0 ? evaluatedAt : [], y: validationNll },
      bestStep,
      seconds,
      stepMs: stepMs.median,
    };
  } finally {
    model.dispose();
  }
}

/** All seeds of a fitting, one after the other. */
export async function fittedSeeds(notebook: Notebook, fitting: Fitting, count: number): Promise<readonly Fitted[]> {
  const found: Fitted[] = [];
  for (const seed of notebook.seeds(count)) found.push(await fitted(notebook, fitting, seed));
  return found;
}

/** Nats above the floor by seed, for a row. */
export const aboveFloor = (seeds: readonly Fitted[]): SeedValue[] =>
  seeds.map(({ seed, above: { mean: value, standardError } }) => ({ seed, value, standardError }));

/** A number of every seed, for a row. */
export const bySeed = (seeds: readonly Fitted[], value: (one: Fitted) => number): SeedValue[] =>
  seeds.map((one) => ({ seed: one.seed, value: value(one) }));

/** The fitted model again, ready to draw and score; dispose it. */
export function restored({ make }: Fitting, { weights }: Fitted): Distribution {
  const model = make();
  writeWeights(model, weights);
  return model;
}
