import type { Distribution } from "@flows/core";
import { fail, toJSON } from "@flows/core/author";
import { split } from "@flows/datasets";
import { type Data, type Model, ownFits, registry } from "@flows/tables";
import { type Parts, standardOf } from "../fitting/parts.js";
import type { Progress } from "../fitting/progress.js";
import { runFit, tableOf } from "../fitting/run-fit.js";
import type { Contestant } from "./contestants.js";

const silent: Progress = { update: () => undefined, finish: () => undefined };

/** A new model of the same recipe, seed and options, fitted to other rows: as many of them validate as did of the first fit's. It is the caller's to dispose. */
export async function refitted({ path, model: { flow, about } }: Contestant, data: Data, signal: AbortSignal): Promise<Model> {
  if (!about)
    return fail(
      "file",
      path,
      "it says nothing of its fit, so it cannot be fitted anew: it was not written by flows fit. Compare it without --folds.",
    );
  const { train, validation } = about.rows;
  const dealt = split(data.rows, { validation: validation / (train + validation), seed: about.seed });
  const parts: Parts = { ...dealt, data, standard: standardOf(dealt.train, data, about.raw) };
  const own = Object.hasOwn(ownFits, about.model) ? ownFits[about.model] : undefined;
  if (own) {
    const fitted = await own(parts.standard.apply(parts.train), { seed: about.seed, signal });
    return { flow: fitted.flow, table: tableOf(parts), about: undefined };
  }
  const fresh = registry().fromJSON(toJSON(flow)) as Distribution;
  const plan = { training: about.training, seed: about.seed, checkpoint: undefined, resume: undefined };
  try {
    const { stopped } = await runFit(fresh, parts, plan, { progress: silent, signal });
    if (stopped === "aborted") fail("aborted", "flows compare", "interrupted.");
    if (stopped === "nonfinite")
      fail("nonfinite", path, "the numbers stopped being finite when it was fitted anew. Fit it at a lower --learning-rate.");
    return { flow: fresh, table: tableOf(parts), about: undefined };
  } catch (error) {
    fresh.dispose();
    throw error;
  }
}
