import { type Distribution, type FitOptions, fit, type History, type Rows, type Table } from "@flows/core";
import { readBytes, writeAtomic } from "@flows/core/node";
import type { Parts } from "./parts.js";
import type { Progress } from "./progress.js";
import type { FitRequest } from "./request.js";

/** The columns with the scaling that a fit saw. */
export const tableOf = ({ data, standard }: Parts): Table => ({
  columns: data.columns.map((name, i) => ({ name, support: "real", shift: standard.shift[i]!, scale: standard.scale[i]! })),
});

/** How a flow is fitted, and from where on. */
export type FitPlan = Pick<FitRequest, "training" | "seed" | "checkpoint" | "resume">;

/** What runs beside a fit. */
export interface Beside {
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Fits the flow to the training rows in its own units, with the defaults of `flows fit`. */
export async function runFit(flow: Distribution, parts: Parts, request: FitPlan, { progress, signal }: Beside): Promise<History> {
  const { train, validation, standard } = parts;
  const own = (rows: Rows): Rows => standard.apply(rows);
  const options = { ...optionsOf(request, validation.shape[0] > 0), ...(await resumeOf(request)), ...checkpointOf(request) };
  try {
    return await fit(flow, own(train), {
      ...options,
      validation: validation.shape[0] > 0 ? own(validation) : 0,
      signal,
      onStep: progress.update,
    });
  } finally {
    progress.finish();
  }
}

function optionsOf({ training, seed }: FitPlan, validated: boolean): FitOptions {
  const { steps, epochs, batch = 256, learningRate = 3e-3, schedule = "cosine", clip = 5, weightDecay, patience = 40 } = training;
  return {
    ...(epochs === undefined ? { steps: steps ?? 3000 } : { epochs }),
    ...(validated && { patience }),
    batch,
    learningRate,
    schedule: { kind: schedule },
    clip,
    ...(weightDecay && { weightDecay }),
    seed,
  };
}

const checkpointOf = ({ checkpoint }: FitPlan): Pick<FitOptions, "checkpoint"> =>
  checkpoint ? { checkpoint: { every: checkpoint.every, write: (bytes) => writeAtomic(checkpoint.file, bytes) } } : {};

const resumeOf = async ({ resume }: FitPlan): Promise<Pick<FitOptions, "resume">> =>
  resume === undefined ? {} : { resume: await readBytes(resume) };
