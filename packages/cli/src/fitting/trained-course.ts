import { type Distribution, type History, parameterCount } from "@flows/core";
import { fail } from "@flows/core/author";
import { type Curve, floorOf } from "@flows/tables";
import type { Terminal } from "../terminal.js";
import { announce, type Course, type FitAround } from "./course.js";
import type { Parts } from "./parts.js";
import { progressOf } from "./progress.js";
import type { FitRequest } from "./request.js";
import { runFit } from "./run-fit.js";

/** Trains a flow by steps, showing its progress. On failure the flow is freed. */
export async function trainedCourse(
  name: string,
  flow: Distribution,
  parts: Parts,
  request: FitRequest,
  around: FitAround,
): Promise<Course> {
  const { terminal, signal } = around;
  const parameters = parameterCount(flow);
  const shift = parts.standard.logScale;
  try {
    announce(`${name} (${parameters.toLocaleString("en")} parameters)`, parts, request, terminal);
    const progress = progressOf(terminal, { shift, floor: floorOf(parts.data.truth) });
    const history = await runFit(flow, parts, request, { progress, signal });
    if (history.stopped === "aborted") interrupted(history, request, terminal);
    if (history.stopped === "nonfinite") fail("nonfinite", "flows fit", diverged(history));
    const { steps, stopped, bestStep = null, skipped, seconds, stepMs } = history;
    return { flow, parameters, steps, stopped, bestStep, skipped, seconds, stepMs, notes: [], curve: curveOf(history, shift) };
  } catch (error) {
    flow.dispose();
    throw error;
  }
}

function curveOf({ evaluatedAt, trainNll, validationNll, learningRates }: History, shift: number): Curve {
  const shifted = (values: readonly number[]): (number | null)[] => values.map((nll) => (Number.isFinite(nll) ? nll + shift : null));
  return { at: evaluatedAt, train: shifted(trainNll), validation: shifted(validationNll), learningRates };
}

function interrupted({ steps }: History, { checkpoint, out }: FitRequest, terminal: Terminal): never {
  const kept = checkpoint
    ? `${checkpoint.file} holds it; the same call with --resume ${checkpoint.file} goes on.`
    : "Nothing was kept: there is no --checkpoint.";
  terminal.say(`Stopped after step ${steps}. ${kept}${out === undefined ? "" : ` ${out} was not written.`}`);
  return fail("aborted", "flows fit", "interrupted.");
}

const diverged = ({ steps, fault }: History): string =>
  `the numbers stopped being finite after step ${steps}. ${fault ? `${fault.text} ` : ""}Nothing was written. Lower --learning-rate, or look for wild values in the data.`;
