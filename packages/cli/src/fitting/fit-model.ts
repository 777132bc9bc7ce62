import { type Distribution, fail, type History, parameterCount } from "@flows/core";
import type { About, Curve } from "../files/about.js";
import { type Model, modelBytes } from "../files/model.js";
import { checkWritable, writeOut } from "../files/write-file.js";
import type { Terminal } from "../terminal.js";
import { rowsHash, testScores } from "./held-out.js";
import { type Parts, partsOf } from "./parts.js";
import { progressOf } from "./progress.js";
import { aboveFloor, floorOf, nllOf } from "./quality.js";
import type { FitRequest } from "./request.js";
import { runFit, tableOf } from "./run-fit.js";

/** What surrounds a fit. */
export interface FitAround {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly backend: string;
}

/** A fit as `flows fit` makes it, done and written. */
export interface Fitted {
  readonly about: About;
  readonly parameters: number;
}

/** Reads, splits, standardises, fits, measures and writes. */
export async function fitModel(request: FitRequest, around: FitAround): Promise<Fitted> {
  const { out, history, checkpoint } = request;
  for (const path of [out, history, checkpoint?.file]) await checkWritable(path);
  const parts = await partsOf(request, around.terminal);
  const { name, make } = request.recipe(parts.data.columns.length);
  const flow = make(parts.data.columns.length);
  try {
    announce(name, flow, parts, request, around.terminal);
    const model = await fitted(name, flow, parts, request, around);
    if (out !== undefined) await writeOut(out, await modelBytes(model));
    if (history !== undefined) await writeOut(history, `${JSON.stringify(model.about, null, 2)}\n`);
    return { about: model.about, parameters: parameterCount(flow) };
  } finally {
    flow.dispose();
  }
}

function announce(
  name: string,
  flow: Distribution,
  { train, validation, test, data }: Parts,
  { out }: FitRequest,
  terminal: Terminal,
): void {
  const [rows, columns] = [[train, validation, test].map(({ shape }) => shape[0].toLocaleString("en")), data.columns.length];
  terminal.say(
    `Fitting ${name} (${parameterCount(flow).toLocaleString("en")} parameters) to ${rows[0]} rows of ${columns === 1 ? "1 column" : `${columns} columns`}; ${rows[1]} rows validate, ${rows[2]} test.`,
  );
  if (out === undefined) terminal.say("The model will not be kept: there is no --out FILE.");
}

async function fitted(
  name: string,
  flow: Distribution,
  parts: Parts,
  request: FitRequest,
  around: FitAround,
): Promise<Model & { about: About }> {
  const { terminal, signal, backend } = around;
  const { seed } = request;
  const { truth } = parts.data;
  const floor = floorOf(truth);
  const progress = progressOf(terminal, { shift: parts.standard.logScale, floor });
  const history = await runFit(flow, parts, request, { progress, signal });
  if (history.stopped === "aborted") interrupted(history, request, terminal);
  if (history.stopped === "nonfinite") fail("nonfinite", "flows fit", diverged(history));
  const model: Model = { flow, table: tableOf(parts), about: undefined };
  const gap = await aboveFloor(model, truth, seed, signal);
  const about: About = {
    model: name,
    data: request.data,
    backend,
    seed,
    rows: { train: parts.train.shape[0], validation: parts.validation.shape[0], test: parts.test.shape[0] },
    rowsHash: rowsHash(parts.data.rows),
    training: request.training,
    raw: request.raw,
    steps: history.steps,
    stopped: history.stopped,
    bestStep: history.bestStep ?? null,
    skipped: history.skipped,
    seconds: history.seconds,
    stepMs: history.stepMs,
    trainNll: await nllOf(model, parts.train, signal),
    validationNll: await nllOf(model, parts.validation, signal),
    testNll: await nllOf(model, parts.test, signal),
    testLogProb: await testScores(model, parts.test, signal),
    floor,
    natsAboveFloor: gap?.mean ?? null,
    natsAboveFloorStandardError: gap?.standardError ?? null,
    curve: curveOf(history, parts.standard.logScale),
  };
  return { ...model, about };
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
  `the numbers stopped being finite after step ${steps}${fault ? ` (${fault.where}: ${fault.text})` : ""}. Nothing was written. Lower --learning-rate, or look for wild values in the data.`;
