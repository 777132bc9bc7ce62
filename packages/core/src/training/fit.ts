import type { Tensor } from "@tensorflow/tfjs-core";
import { tensorOf } from "../backend/tensor-of.js";
import type { Distribution } from "../contracts/index.js";
import { fail } from "../errors.js";
import { type Batch, type Data, weightOf } from "../host/batch.js";
import { badCell, checkFlow } from "../host/check.js";
import { contextTensor } from "../host/chunks.js";
import { type Fault, faultOfScore, withContext } from "../host/diagnose.js";
import { initialiseFrom } from "../host/initialise.js";
import { nllOf } from "../host/nll.js";
import { trainingPrograms } from "../host/programs.js";
import { rowsTensor } from "../host/rows.js";
import { densityGradient } from "../programs/density-gradient.js";
import { fitBatches } from "./batches.js";
import type { History } from "./history.js";
import { type FitOptions, fitOptions, settingsOf } from "./options.js";
import type { Pull } from "./run.js";
import { trained } from "./train.js";

/**
 * Fits a flow to data by maximum likelihood: the weighted mean NLL on mini-batches, by Adam. Layers that start from data see the
 * first rows; the weights that validate best are kept. A step whose loss or gradient is not finite changes nothing and is counted; ten
 * in a row end the fit. All steps run without reading anything back but the loss, every `logEvery` steps. `fitOptions` tells what each
 * option means.
 *
 * The same data, options and seed give the same weights, to the bit on one machine; a resumed fit ends where an uninterrupted one does.
 *
 * Throws FlowsError: "config" (an option; a flow that is fitted already), "shape", "data" (the cell; a column of which float32 leaves one value), "context", "disposed" (the flow or
 * the backend, also meanwhile), "backend", "file" (a checkpoint).
 *
 * @example
 * const history = await fit(model, rows, { steps: 2000, schedule: { kind: "cosine" }, clip: 5, onStep: ({ step, loss }) => console.log(step, loss) });
 */
export async function fit(flow: Distribution, data: Data, options: FitOptions = {}): Promise<History> {
  checkFlow("fit", flow);
  const settings = settingsOf("fit", fitOptions, options);
  const { batch = fitOptions.batch.usual, validation, onStep } = options;
  const batches = await fitBatches(flow, data, { batch, validation, seed: settings.seed });
  const { sample, held, faults } = batches;
  const programs = trainingPrograms(flow);
  if (settings.patience !== undefined && !held) fail("config", "fit", "patience needs validation rows. Pass validation: 0.1.");
  const {
    trainLoss: trainNll,
    validationLoss: validationNll,
    ...history
  } = await trained({
    where: "fit",
    module: flow,
    batches,
    pull: nllPull(flow),
    settings,
    deciding: { batch, validation: typeof validation === "object" ? "rows" : validation },
    initialise: () => initialiseFrom(flow, sample.x, sample.context),
    trainLoss: () => nllOf(flow, sample),
    validate: held && (() => nllOf(flow, held)),
    diagnose: (spoiled) => faultOfBatch(flow, spoiled),
    onStep: onStep && (({ validationLoss, ...report }) => onStep({ ...report, validationNll: validationLoss, programs })),
  });
  return { ...history, trainNll, validationNll, programs, warnings: faults.map(({ text }) => text) };
}

/** The weighted mean NLL of a batch, by the kernel that does a whole step where the backend has it. */
const nllPull =
  (flow: Distribution): Pull<Batch> =>
  (batch, call, { buffers }) => {
    const context = contextTensor(batch.context, 0, batch.x.shape[0]);
    return densityGradient(flow, rowsTensor(batch.x), slopesOf(batch), buffers, { ...call, context });
  };

/** The slopes of the weighted mean NLL by each row's log-density. */
function slopesOf(batch: Batch): Tensor {
  const n = batch.x.shape[0];
  const total = weightOf(batch);
  return tensorOf(batch.weights ? (batch.weights as Float64Array).map((w) => -w / total) : new Float64Array(n).fill(-1 / n), [n]);
}

async function faultOfBatch(flow: Distribution, { x, context }: Batch): Promise<Fault> {
  const cell = badCell(x) ?? (context && badCell(context));
  if (cell) return { where: "data", text: `in a batch, ${cell}` };
  const found = await withContext(contextTensor(context, 0, x.shape[0]), (call) => faultOfScore(flow, rowsTensor(x), call));
  return found.where === flow.type ? { where: flow.type, text: "the gradient of the loss is not finite" } : found;
}
