import { isFlowsError } from "@flows/core";
import { fail } from "@flows/core/author";
import { checkWritable, readBytes, writeAtomic } from "@flows/core/node";
import { type About, type FitStart, fitTable, type TableModel } from "@flows/tables";
import type { Answer, Command, Invocation, Values } from "../command.js";
import { candidatesTo, duration, type Progress, progressOf } from "../fitting/progress.js";
import { type FitRequest, fitOptions, fitRequest } from "../fitting/request.js";
import { misuseOf } from "../numbers.js";
import type { Terminal } from "../terminal.js";
import { toldData } from "../told-data.js";

/** Fits a model to data and says how well. */
export const fit: Command = {
  name: "fit",
  summary: "Fit a model to DATA, say how well, and write it.",
  usage: "DATA [--model NAME] [--out FILE]",
  positionals: ["DATA"],
  options: fitOptions,
  run: async (invocation) => {
    const { values, terminal } = invocation;
    const request = fitRequest(values);
    const { out, history, checkpoint } = request;
    for (const path of [out, history, checkpoint]) if (path !== undefined) await checkWritable(path);
    const model = await fitted(request, invocation).catch((error: unknown) => explained(error, request, values, terminal));
    try {
      const about = model.about!;
      if (out !== undefined) await writeAtomic(out, await model.save());
      if (history !== undefined) await writeAtomic(history, `${JSON.stringify(about, null, 2)}\n`);
      for (const note of about.notes) terminal.say(note);
      return answerOf(about, out);
    } finally {
      model.dispose();
    }
  },
};

async function fitted(request: FitRequest, { positionals: [spec = ""], values, terminal, signal }: Invocation): Promise<TableModel> {
  const { columns, except, options, resume } = request;
  const { seed = 0 } = options;
  const data = await toldData(spec, { seed, columns, except }, values, terminal);
  const wanted = { seed, wanted: data.columns, atLeast: 1 };
  const test = request.test === undefined ? undefined : await toldData(request.test, wanted, values, terminal);
  let progress: Progress | undefined;
  try {
    return await fitTable(data, {
      ...options,
      ...(test && { test }),
      ...(resume !== undefined && { resume: await readBytes(resume) }),
      signal,
      onStart: (start) => {
        announce(start, values, terminal);
        progress = progressOf(terminal, start.floor);
      },
      onStep: (report) => progress?.update(report),
      onCandidate: candidatesTo(terminal),
    });
  } finally {
    progress?.finish();
  }
}

/** Says what is about to be fitted, and to what. */
function announce({ model, parameters, columns, rows }: FitStart, values: Values, { say }: Terminal): void {
  const [train, validation, test] = [rows.train, rows.validation, rows.test].map((n) => n.toLocaleString("en"));
  if (values.split === undefined && rows.validation === 0)
    say(`All ${train} rows are trained on: fewer than 20 are not split. --split V,T does it.`);
  const size = parameters === undefined ? "" : ` (${parameters.toLocaleString("en")} parameters)`;
  const width = columns.length === 1 ? "1 column" : `${columns.length} columns`;
  say(`Fitting ${model}${size} to ${train} rows of ${width}; ${validation} rows validate, ${test} test.`);
  if (values.out === undefined) say("The model will not be kept: there is no --out FILE.");
}

/** Tells why there is no model in the words of the call. */
function explained(error: unknown, { checkpoint, out }: FitRequest, values: Values, terminal: Terminal): never {
  const { step, fault } = (isFlowsError(error) && error.details) || {};
  if (!isFlowsError(error) || step === undefined) return misuseOf(error, values);
  if (error.code === "nonfinite") {
    const why = fault ? `${fault} ` : "";
    const text = `the numbers stopped being finite after step ${step}. ${why}Nothing was written. Lower --learning-rate, or look for wild values in the data.`;
    return fail("nonfinite", "flows fit", text, { cause: error });
  }
  const kept = checkpoint
    ? `${checkpoint} holds it; the same call with --resume ${checkpoint} goes on.`
    : "Nothing was kept: there is no --checkpoint.";
  terminal.say(`Stopped after step ${step}. ${kept}${out === undefined ? "" : ` ${out} was not written.`}`);
  throw error;
}

/** The JSON is the result alone; --history holds all there is. */
function answerOf(about: About, out: string | undefined): Answer {
  const { model, parameters, steps, seconds, stepMs, seed, trainNll, validationNll, testNll, floor, natsAboveFloor } = about;
  const json = { model, parameters, steps, seconds, stepMs, seed, trainNll, validationNll, testNll, floor, natsAboveFloor };
  return { text: wordsOf(about, out), json };
}

const nats = (value: number | null): string => (value === null ? "none" : value.toFixed(4));

function wordsOf(about: About, out: string | undefined): string {
  const { model, steps, seconds, stepMs, stopped, bestStep, trainNll, validationNll, testNll, floor, natsAboveFloor, seed, backend } =
    about;
  const best = bestStep === null || bestStep === steps ? "" : `, kept step ${bestStep}, which validated best`;
  return [
    `${model}: ${about.parameters!.toLocaleString("en")} parameters, seed ${seed}, ${backend}`,
    steps === 0
      ? `fitted in ${duration(seconds!)}`
      : `${steps} steps in ${duration(seconds!)} (${stepMs!.median.toFixed(2)} ms a step)${stopped === "patience" ? ", stopped early" : ""}${best}`,
    `NLL in nats: train ${nats(trainNll)}, validation ${nats(validationNll)}, test ${nats(testNll)}`,
    ...(floor === null ? [] : [`floor ${nats(floor)}`]),
    ...(natsAboveFloor === null
      ? []
      : [
          `nats above the floor ${nats(natsAboveFloor)} ± ${nats(about.natsAboveFloorStandardError)}, on 20,000 fresh points; the worst one is missed by ${about.worstMiss?.toFixed(1)}`,
        ]),
    ...(out === undefined ? [] : [`written to ${out}`]),
  ].join("\n");
}
