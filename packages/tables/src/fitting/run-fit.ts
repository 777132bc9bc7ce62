import { type Distribution, type FitOptions, fit, type History, type StepReport } from "@flows/core";
import { fail } from "@flows/core/author";
import { type TableOptions, tableOptions, type trainingOptions } from "./options.js";
import type { Parts } from "./parts.js";

/** How a flow is fitted, and from where on. */
export type FitPlan = Pick<TableOptions, keyof typeof trainingOptions | "seed" | "signal" | "onStep" | "checkpoint" | "resume">;

/** Fits the flow to the training rows in its own units, by the recipe's defaults. A fit that was ended or came to numbers that are not finite throws. */
export async function runFit(where: string, flow: Distribution, parts: Parts, plan: FitPlan): Promise<History> {
  const { train, validation, standard } = parts;
  const validated = validation.shape[0] > 0;
  const { seed, signal, checkpoint, resume, onStep } = plan;
  const history = await fit(flow, standard.apply(train), {
    ...methodOf(plan, validated),
    validation: validated ? standard.apply(validation) : 0,
    seed,
    signal,
    checkpoint,
    resume,
    onStep: onStep && ((report) => onStep(inUnits(report, standard.logScale))),
  });
  const { stopped, steps: step, fault } = history;
  if (stopped === "aborted") fail("aborted", where, `the fit was ended after step ${step}.`, { details: { step } });
  if (stopped === "nonfinite") {
    const why = fault ? `${fault.text} ` : "";
    const text = `the numbers stopped being finite after step ${step}. ${why}Lower the learning rate, or look for wild values in the data.`;
    fail("nonfinite", where, text, { details: { step, fault: fault?.text } });
  }
  return history;
}

function methodOf(plan: FitPlan, validated: boolean): FitOptions {
  const { steps, batch, learningRate, schedule, clip, patience } = tableOptions;
  const { weightDecay } = plan;
  return {
    ...(plan.epochs === undefined ? { steps: plan.steps ?? steps.usual } : { epochs: plan.epochs }),
    ...(validated && { patience: plan.patience ?? patience.usual }),
    batch: plan.batch ?? batch.usual,
    learningRate: plan.learningRate ?? learningRate.usual,
    schedule: plan.schedule ?? schedule.usual,
    clip: plan.clip ?? clip.usual,
    ...(weightDecay && { weightDecay }),
  };
}

const inUnits = (report: StepReport, shift: number): StepReport => ({
  ...report,
  loss: report.loss + shift,
  validationNll: report.validationNll === undefined ? undefined : report.validationNll + shift,
});
