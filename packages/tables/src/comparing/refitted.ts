import type { Distribution } from "@flows/core";
import { fail, toJSON } from "@flows/core/author";
import type { Data } from "../data/rows.js";
import { partsOf, tableOf } from "../fitting/parts.js";
import { runFit } from "../fitting/run-fit.js";
import { type Model, registry, type TableModel } from "../model/model.js";
import { ownFitOf } from "../recipes/recipes.js";

/** A new model of the same recipe, seed and options, fitted to other rows: as many of them validate as did of the first fit's. It is the caller's to dispose. */
export async function refitted({ name, flow, about }: TableModel, data: Data, signal: AbortSignal | undefined): Promise<Model> {
  if (!about) {
    const why = "it says nothing of its fit, so it cannot be fitted anew: neither fitTable nor flows fit wrote it.";
    return fail("file", name, `${why} Compare it without --folds (folds: K).`);
  }
  const { seed, raw, rows, training, mixture } = about;
  const parts = partsOf(data, { seed, raw, validation: rows.validation / (rows.train + rows.validation), test: 0 });
  const [own, table] = [ownFitOf(about.model), tableOf(parts)];
  if (own)
    return {
      ...(await own(parts.standard.apply(parts.train), { ...mixture, validation: parts.standard.apply(parts.validation), seed, signal })),
      table,
      about: undefined,
    };
  const fresh = registry().fromJSON(toJSON(flow)) as Distribution;
  const { schedule: told } = training;
  const schedule = typeof told === "string" ? { kind: told } : told;
  try {
    await runFit(name, fresh, parts, { ...training, schedule, seed, signal });
    return { flow: fresh, table, about: undefined };
  } catch (error) {
    fresh.dispose();
    throw error;
  }
}
