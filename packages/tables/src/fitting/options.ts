import { type Covariance, covarianceKinds, type GmmProgress } from "@flows/baselines-kde-gmm";
import { type Activation, activationNames } from "@flows/bijectors";
import { fitOptions, type Option, type OptionsOf, type RowsLike } from "@flows/core";
import { checkOptions, fail, finiteNumber, oneOf, optionTable, wholeNumber } from "@flows/core/author";
import type { TableData } from "../data/table-data.js";
import { type Recipe, recipeNames, recipeOf } from "../recipes/recipes.js";

/** What is known when a fit begins. */
export interface FitStart {
  /** The recipe. */
  readonly model: string;
  /** Undefined of models that choose it themselves. */
  readonly parameters: number | undefined;
  readonly columns: readonly string[];
  readonly rows: { readonly train: number; readonly validation: number; readonly test: number };
  /** The least NLL that any model can reach, where it is known. */
  readonly floor: number | null;
}

const option = <T, U extends T | undefined>(help: string, usual: U, check: Option<T, U>["check"]): Option<T, U> => ({ help, usual, check });
/** An option of core's `fit`, with the recipe's own default. */
const usually = <T, U extends T>(of: Option<T, unknown>, usual: U): Option<T, U> => ({ ...of, usual });
const ofType =
  (type: "boolean" | "function"): Option<unknown>["check"] =>
  (where, name, value) =>
    typeof value === type || fail("config", where, `${name} must be a ${type}, got ${typeof value}.`);
const share: Option<number, number>["check"] = (where, name, value) => finiteNumber(where, name, value, { least: 0 });

function checkWidths(where: string, name: string, widths: readonly number[]): void {
  const fine = Array.isArray(widths) && widths.every((width) => Number.isInteger(width) && width >= 1 && width <= 65_536);
  const expected = "whole numbers from 1 to 65536, as in 64,64";
  if (!fine) fail("config", where, `${name} must be ${expected}, got ${JSON.stringify(widths)}.`, { details: { name, expected } });
}

function checkModel(where: string, name: string, model: string): void {
  const known = recipeNames.join(", ");
  if (!recipeNames.includes(model))
    fail("config", where, `there is no model ${JSON.stringify(model)}. Known: ${known}.`, {
      details: { name, known: recipeNames, expected: known },
    });
}

/** The shape of the model. */
const size = optionTable(() => ({
  model: option<string, undefined>(
    `Which recipe: ${recipeNames.join(", ")}. By default realnvp, for a single column planar.`,
    undefined,
    checkModel,
  ),
  layers: option<number, undefined>("How many layers the model has.", undefined, (where, name, value) =>
    wholeNumber(where, name, value, 1, 1000),
  ),
  hidden: option<readonly number[], undefined>("Widths of its networks' hidden layers.", undefined, checkWidths),
  activation: option<Activation, "tanh">(`Between its networks' layers: ${activationNames.join(", ")}.`, "tanh", (where, name, value) =>
    oneOf(where, name, value, activationNames),
  ),
}));

/** The training, as core's `fit` does it: what a model file keeps for another fit alike. */
export const trainingOptions = optionTable(() => ({
  steps: usually(fitOptions.steps, 3000),
  epochs: fitOptions.epochs,
  batch: fitOptions.batch,
  learningRate: option("The size of a step, at the start.", 3e-3, (where, name, value: number) =>
    finiteNumber(where, name, value, { above: 0 }),
  ),
  schedule: usually(fitOptions.schedule, { kind: "cosine" }),
  clip: { ...usually(fitOptions.clip, 5), help: "The greatest norm of the whole gradient; longer ones are shortened to it." },
  weightDecay: fitOptions.weightDecay,
  patience: usually(fitOptions.patience, 40),
}));

function checkComponents(where: string, name: string, told: number | readonly number[]): void {
  const counts = typeof told === "number" ? [told] : told;
  const fine =
    Array.isArray(counts) && counts.length > 0 && counts.every((count) => Number.isInteger(count) && count >= 1 && count <= 65_536);
  const expected = "whole numbers from 1 to 65536, as in 3 or 1,2,4";
  if (!fine) fail("config", where, `${name} must be ${expected}, got ${JSON.stringify(told)}.`, { details: { name, expected } });
}

/** The mixture of the model gmm. */
export const mixtureOptions = optionTable(() => ({
  components: option<number | readonly number[], undefined>(
    "Of a mixture: how many, or several to choose from by BIC. By default the best of 1 to 20.",
    undefined,
    checkComponents,
  ),
  covariance: option<Covariance, "full">(
    `Of a mixture: what its covariances may be, ${covarianceKinds.join(", ")}.`,
    "full",
    (where, name, value) => oneOf(where, name, value, covarianceKinds),
  ),
  floor: option<number, undefined>(
    "Of a mixture: added to every variance, in units of the fit, squared: standard deviations unless it is raw. By default 1e-6 of each variance.",
    undefined,
    share,
  ),
}));

const control = optionTable(() => ({ checkpoint: fitOptions.checkpoint, resume: fitOptions.resume }));

/** What `fitTable` can be told. */
export const tableOptions = optionTable(() => ({
  ...size,
  ...trainingOptions,
  ...mixtureOptions,
  validation: option<number, number>("The share of rows that choose the best step; of fewer than 20 rows none.", 0.1, share),
  test: option<number | RowsLike | TableData, number>(
    "The share of rows to be held back, or other rows: how good the model is is told on them. Of fewer than 20 rows none.",
    0.1,
    (where, name, value) => typeof value === "object" || share(where, name, value),
  ),
  raw: option<boolean, false>(
    "Fits in the table's own units, without standardising the columns; only one that float32 would round is moved to 0.",
    false,
    ofType("boolean"),
  ),
  seed: fitOptions.seed,
  signal: fitOptions.signal,
  onStart: option<(start: FitStart) => void, undefined>(
    "Is told what is fitted to what, before the first step.",
    undefined,
    ofType("function"),
  ),
  onStep: fitOptions.onStep,
  onCandidate: option<(progress: GmmProgress) => void, undefined>(
    "Is told of every number of components of a mixture before it is tried.",
    undefined,
    ofType("function"),
  ),
  ...control,
}));
export type TableOptions = OptionsOf<typeof tableOptions>;

/** Refuses what can be refused before there are rows. Throws FlowsError "config" with the name of the option in its details. */
export function checkTableOptions(options: TableOptions): void {
  checkOptions("fitTable", tableOptions, options);
  if (options.steps !== undefined && options.epochs !== undefined) fail("config", "fitTable", "give steps or epochs, not both.");
  if (options.model !== undefined) recipeFor(options, undefined);
}

/** The recipe that the options choose for so many columns. */
export const recipeFor = (options: TableOptions, columns: number | undefined): Recipe =>
  recipeOf(options.model ?? (columns === 1 ? "planar" : "realnvp"), options, [...Object.keys(trainingOptions), ...Object.keys(control)]);
