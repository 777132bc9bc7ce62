import { fail, wholeNumber } from "@flows/core/author";
import type { Data } from "../data/rows.js";
import { dataOf, rowsFor, type TableData } from "../data/table-data.js";
import type { TableModel } from "../model/model.js";
import { type Compared, compared } from "./compared.js";
import { crossValidated, type FoldStart } from "./cross-validate.js";
import { heldOutScores } from "./held-out-scores.js";

export interface CompareOptions {
  /** Cross-validates: fits every model anew without each of so many parts, and scores that part. By default the models are scored as they are. */
  readonly folds?: number | undefined;
  /** Deals the rows to the folds. Default 0. */
  readonly seed?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Is told of every fit of a cross-validation before it begins. */
  readonly onFold?: ((start: FoldStart) => void) | undefined;
}

/** Models on rows that none of them has seen. */
export interface Comparison {
  /** How many rows that are. */
  readonly rows: number;
  /** The best one first. */
  readonly models: readonly Compared[];
}

/**
 * Which model gives the most density to rows that it has not seen: those held back from every fit, or rows that are new to all; with `folds`, all of them.
 * Differences are paired, row by row, with their standard errors.
 *
 * Throws FlowsError: "data" (models of other columns, rows that every fit has seen, too few rows), "file" (a model that cannot be fitted anew),
 * "config", "aborted", "nonfinite".
 *
 * @example
 * const { models: [best] } = await compareModels([gaussian, realNvp], table, { folds: 5 });
 */
export async function compareModels(
  models: readonly TableModel[],
  table: TableData,
  { folds, seed = 0, signal, onFold }: CompareOptions = {},
): Promise<Comparison> {
  checkColumns(models);
  if (folds !== undefined) wholeNumber("compareModels", "folds", folds, 2, 1000);
  const data = wanted(models[0]!, table);
  const { rows, scored } =
    folds === undefined ? await heldOutScores(models, data, signal) : await crossValidated(models, data, { folds, seed, signal, onFold });
  return { rows, models: compared(scored) };
}

const wanted = ({ columns }: TableModel, table: TableData): Data => {
  const data = dataOf(table, 1);
  return { ...data, columns, rows: rowsFor(data.name, columns, table) };
};

function checkColumns([first, ...others]: readonly TableModel[]): void {
  if (!first) fail("config", "compareModels", "there is no model. Give one or more.");
  for (const { name, columns } of others)
    if (columns.join() !== first.columns.join())
      fail(
        "data",
        "compareModels",
        `${first.name} is a density of ${first.columns.join(", ")}, but ${name} of ${columns.join(", ")}. Only densities of the same columns compare: fit both to the same ones, by --columns.`,
      );
}
