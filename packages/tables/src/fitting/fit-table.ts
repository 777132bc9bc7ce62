import { columnFaults } from "@flows/core/author";
import { getBackend } from "@tensorflow/tfjs-core";
import { dataOf, type TableData } from "../data/table-data.js";
import type { About, Training } from "../model/about.js";
import { type Model, type TableModel, tableModel } from "../model/model.js";
import { rowsHash, testScores } from "../quality/held-out.js";
import { aboveFloor, floorOf, nllOf } from "../quality/quality.js";
import type { MixtureOptions } from "../recipes/own-fits.js";
import { type Course, countsOf, courseOf } from "./courses.js";
import { checkTableOptions, recipeFor, type TableOptions, trainingOptions } from "./options.js";
import { type Parts, partsOf, tableOf } from "./parts.js";

/**
 * Fits a density to a table: holds rows back, standardises the columns, trains a recipe by maximum likelihood, and says how good it is on rows
 * that it has not seen. `tableOptions` tells what each option means; without any, `model.about.testNll` is of a tenth of the rows.
 *
 * The same table, options and seed give the same model, to the bit on one machine and backend.
 * Units: every log-density and NLL is in nats, and of the columns in the user's units; `onStep` too.
 *
 * Throws FlowsError: "config" (an option; its name is in the details), "data" (no rows, a constant column, a cell), "shape" (rows of another
 * width than the names), "aborted" and "nonfinite" (the details are { step }), "file" (a checkpoint). Then nothing is left behind.
 *
 * @example
 * const model = await fitTable(parseCsv(text), { seed: 7 });
 * const logProb = await model.score([[39.1, 3750]]);
 */
export async function fitTable(table: TableData, options: TableOptions = {}): Promise<TableModel> {
  checkTableOptions(options);
  const data = dataOf(table, 2);
  const recipe = recipeFor(options, data.columns.length);
  const parts = partsOf(data, options);
  const { flow, ...course } = await courseOf(recipe, parts, options);
  try {
    const bare = { flow, table: tableOf(parts), about: undefined };
    return tableModel(recipe.name, { ...bare, about: await aboutFit(recipe.name, bare, course, parts, options) });
  } catch (error) {
    flow.dispose();
    throw error;
  }
}

/** Measures a fitted model and says all there is to say of its fit. */
async function aboutFit(
  name: string,
  model: Model,
  course: Omit<Course, "flow">,
  parts: Parts,
  { seed = 0, raw = false, signal, ...options }: TableOptions,
): Promise<About> {
  const { train, validation, test, data } = parts;
  const gap = await aboveFloor(model, data.truth, seed, signal);
  return {
    model: name,
    data: data.name,
    backend: getBackend().replace(/^flows-/, ""),
    seed,
    rows: countsOf(parts),
    rowsHash: rowsHash(data.rows),
    training: trainingIn(options),
    ...(name === "gmm" && { mixture: mixtureIn(options) }),
    raw,
    ...course,
    notes: [...course.notes, ...columnNotes(parts)],
    trainNll: await nllOf(model, train, signal),
    validationNll: await nllOf(model, validation, signal),
    testNll: await nllOf(model, test, signal),
    testLogProb: await testScores(model, test, signal),
    floor: floorOf(data.truth),
    natsAboveFloor: gap?.mean ?? null,
    natsAboveFloorStandardError: gap?.standardError ?? null,
    worstMiss: gap?.worst[0]?.gap ?? null,
  };
}

/** Columns that others give: their rows lie on a plane, and have no density. */
const columnNotes = ({ train, data }: Parts): string[] =>
  columnFaults(train, { names: data.columns }).flatMap(({ kind, text }) => (kind === "copy" || kind === "collinear" ? [text] : []));

const mixtureIn = ({ components, covariance, floor }: MixtureOptions): MixtureOptions => ({ components, covariance, floor });

const trainingIn = (options: TableOptions): Training =>
  Object.fromEntries((Object.keys(trainingOptions) as (keyof Training)[]).map((name) => [name, options[name]])) as unknown as Training;
