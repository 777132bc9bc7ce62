import { checkWritable, writeAtomic } from "@flows/core/node";
import { type About, aboveFloor, floorOf, type Model, modelBytes, nllOf, rowsHash, testScores } from "@flows/tables";
import type { Course, FitAround } from "./course.js";
import { ownCourse } from "./own-course.js";
import { type Parts, partsOf } from "./parts.js";
import type { FitRequest } from "./request.js";
import { tableOf } from "./run-fit.js";
import { trainedCourse } from "./trained-course.js";

/** A fit as `flows fit` makes it, done and written. */
export interface Fitted {
  readonly about: About;
  readonly parameters: number;
}

/** Reads, splits, standardises, fits, measures and writes. */
export async function fitModel(request: FitRequest, around: FitAround): Promise<Fitted> {
  const { out, history, checkpoint } = request;
  for (const path of [out, history, checkpoint?.file]) if (path !== undefined) await checkWritable(path);
  const parts = await partsOf(request, around.terminal);
  const features = parts.data.columns.length;
  const recipe = request.recipe(features);
  const { name } = recipe;
  const { flow, parameters, ...course } = await ("fit" in recipe
    ? ownCourse(name, recipe.fit, parts, request, around)
    : trainedCourse(name, recipe.make(features), parts, request, around));
  try {
    const model = { flow, table: tableOf(parts), about: undefined };
    const about = await aboutFit(name, model, course, parts, request, around);
    if (out !== undefined) await writeAtomic(out, await modelBytes({ ...model, about }));
    if (history !== undefined) await writeAtomic(history, `${JSON.stringify(about, null, 2)}\n`);
    return { about, parameters };
  } finally {
    flow.dispose();
  }
}

/** Measures a fitted model and says all there is to say of its fit. */
async function aboutFit(
  name: string,
  model: Model,
  course: Omit<Course, "flow" | "parameters">,
  parts: Parts,
  { data, seed, training, raw }: FitRequest,
  { signal, backend }: FitAround,
): Promise<About> {
  const { train, validation, test } = parts;
  const { truth, rows } = parts.data;
  const gap = await aboveFloor(model, truth, seed, signal);
  return {
    model: name,
    data,
    backend,
    seed,
    rows: { train: train.shape[0], validation: validation.shape[0], test: test.shape[0] },
    rowsHash: rowsHash(rows),
    training,
    raw,
    ...course,
    trainNll: await nllOf(model, train, signal),
    validationNll: await nllOf(model, validation, signal),
    testNll: await nllOf(model, test, signal),
    testLogProb: await testScores(model, test, signal),
    floor: floorOf(truth),
    natsAboveFloor: gap?.mean ?? null,
    natsAboveFloorStandardError: gap?.standardError ?? null,
  };
}
