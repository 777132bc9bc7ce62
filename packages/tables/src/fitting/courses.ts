import { type Distribution, type History, parameterCount } from "@flows/core";
import type { About, Curve } from "../model/about.js";
import { floorOf } from "../quality/quality.js";
import type { Recipe } from "../recipes/recipes.js";
import type { TableOptions } from "./options.js";
import type { Parts } from "./parts.js";
import { runFit } from "./run-fit.js";

/** A fitted model and how its fit went. */
export interface Course
  extends Pick<About, "parameters" | "steps" | "stopped" | "bestStep" | "skipped" | "seconds" | "stepMs" | "notes" | "curve"> {
  /** The caller's to dispose. */
  readonly flow: Distribution;
}

/** Fits what the recipe makes. On failure nothing is left behind. */
export const courseOf = (recipe: Recipe, parts: Parts, options: TableOptions): Promise<Course> =>
  "fit" in recipe ? ownCourse(recipe, parts, options) : trainedCourse(recipe, parts, options);

/** The sizes of the parts. */
export const countsOf = ({ train, validation, test }: Parts): About["rows"] => ({
  train: train.shape[0],
  validation: validation.shape[0],
  test: test.shape[0],
});

function announce({ name }: Recipe, parameters: number | undefined, parts: Parts, { onStart }: TableOptions): void {
  const { columns, truth } = parts.data;
  onStart?.({ model: name, parameters, columns, rows: countsOf(parts), floor: floorOf(truth) });
}

/** A model that takes no steps, fitted to the training rows in its own units. */
async function ownCourse(recipe: Extract<Recipe, { fit: unknown }>, parts: Parts, options: TableOptions): Promise<Course> {
  announce(recipe, undefined, parts, options);
  const from = performance.now();
  const fitted = await recipe.fit(parts.standard.apply(parts.train), {
    ...options,
    validation: parts.standard.apply(parts.validation),
  });
  const seconds = (performance.now() - from) / 1000;
  const curve = { at: [], train: [], validation: [], learningRates: [] };
  return { ...fitted, seconds, steps: 0, stopped: "fitted", bestStep: null, skipped: 0, stepMs: { min: 0, median: 0 }, curve };
}

async function trainedCourse(recipe: Extract<Recipe, { make: unknown }>, parts: Parts, options: TableOptions): Promise<Course> {
  const flow = recipe.make(parts.data.columns.length);
  const parameters = parameterCount(flow);
  try {
    announce(recipe, parameters, parts, options);
    const history = await runFit("fitTable", flow, parts, options);
    const { steps, stopped, bestStep = null, skipped, seconds, stepMs } = history;
    const curve = curveOf(history, parts.standard.logScale);
    return { flow, parameters, steps, stopped, bestStep, skipped, seconds, stepMs, notes: [], curve };
  } catch (error) {
    flow.dispose();
    throw error;
  }
}

function curveOf({ evaluatedAt, trainNll, validationNll, learningRates }: History, shift: number): Curve {
  const shifted = (values: readonly number[]): (number | null)[] => values.map((nll) => (Number.isFinite(nll) ? nll + shift : null));
  return { at: evaluatedAt, train: shifted(trainNll), validation: shifted(validationNll), learningRates };
}
