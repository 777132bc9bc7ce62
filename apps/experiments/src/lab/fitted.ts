import { type Distribution, fit, parameterCount } from "@flows/core";
import { toJSON } from "@flows/core/author";
import { diversity } from "@flows/datasets";
import { type HeldOut, heldOut } from "./held-out.js";
import type { Notebook } from "./notebook.js";
import type { SeedValue } from "./record.js";
import { remember } from "./remember.js";
import { type Fitting, sourceOf, trainingOf } from "./training.js";
import { weightsOf, writeWeights } from "./weights.js";

/** One seed's outcome, as plain data. */
export interface Fitted extends HeldOut {
  readonly seed: number;
  readonly parameters: number;
  readonly weights: string;
  readonly curve: { readonly x: readonly number[]; readonly y: readonly number[] };
  /** Of samples at the curve's reports, where the fitting asks for it. */
  readonly diversity: readonly number[];
  readonly validation: { readonly x: readonly number[]; readonly y: readonly number[] };
  readonly bestStep: number | null;
  readonly seconds: number;
  readonly stepMs: number;
}

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
  const spread: number[] = [];
  try {
    const history = await fit(model, sourceOf(fitting, rows, seed), {
      ...options,
      validation: validation ?? 0,
      seed,
      onStep: ({ step, steps, loss }) => {
        curve.x.push(step);
        curve.y.push(loss);
        if (fitting.diversity) spread.push(diversityOf(model, fitting.diversity, seed, step));
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
      diversity: spread,
      validation: { x: validationNll.length > 0 ? evaluatedAt : [], y: validationNll },
      bestStep,
      seconds,
      stepMs: stepMs.median,
    };
  } finally {
    model.dispose();
  }
}

/** How far n new samples spread; read at once, for a report waits for nothing. */
function diversityOf(model: Distribution, n: number, seed: number, step: number): number {
  const samples = model.sample(n, { seed, first: step * n });
  try {
    return diversity({ data: samples.dataSync() as Float32Array, shape: [n, ...model.eventShape] });
  } finally {
    samples.dispose();
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
