import { adam, type Flow, fit, nllStep, type Optimizer, type Rows, step } from "@flows/core";
import { type Call, dropUpdates, rowsTensor } from "@flows/core/author";
import { mean, neg, type Tensor } from "@flows/core/ops";
import { tidy } from "@tensorflow/tfjs-core";
import { blockOf } from "../block-of.js";
import type { Open, Told } from "../workload.js";
import { modelOf } from "./model.js";
import { floatsOf } from "./read.js";
import type { RealNvpSpec } from "./spec.js";

/** Pairs of numbers as rows. */
export const pairs = (data: Float32Array): Rows => ({ data, shape: [data.length / 2, 2] });

/** One training step on a batch; gives its loss. */
type Take = (optimizer: Optimizer, model: Flow, rows: Tensor) => Tensor;

/** Steps on the stored batches in turn; nothing is read back but the last loss. */
function stepper(told: Told<RealNvpSpec>, model: Flow, take: Take): (count: number) => Promise<void> {
  const { batch, learningRate, clip } = told.spec;
  const optimizer = adam(model, { learningRate, clip });
  const rows = floatsOf(told, "rows");
  const batches = Array.from({ length: rows.length / (2 * batch) }, (_, i) =>
    rowsTensor(pairs(rows.subarray(2 * batch * i, 2 * batch * (i + 1)))),
  );
  return async (count) => {
    let loss: Tensor | undefined;
    for (let i = 0; i < count; i++) {
      const rows = batches[optimizer.steps % batches.length]!;
      loss?.dispose();
      loss = take(optimizer, model, rows);
    }
    await loss?.data();
    loss?.dispose();
  };
}

/** The NLL of all training rows, layers in training mode: BatchNorm's running moments lag behind, and would blur what is compared. */
async function trainingNll(model: Flow, rows: Rows): Promise<number> {
  const call: Call = { training: true, updates: new Map() };
  const loss = tidy(() => neg(mean(model.logProb(rowsTensor(rows), call))));
  dropUpdates(call.updates!);
  const [value] = await loss.data();
  loss.dispose();
  return value!;
}

const openWith =
  (take: Take): Open<RealNvpSpec> =>
  async (told) => {
    const model = modelOf(told);
    const run = stepper(told, model, take);
    await run(told.spec.steps);
    return { value: await trainingNll(model, pairs(floatsOf(told, "rows"))), block: blockOf(run) };
  };

/** The bare program: `nllStep` on a batch that is a tensor already. */
export const openStep = openWith(nllStep);

/** The same loss written by a user, as VI and others write theirs: a program on the tape. */
export const openLoss = openWith((optimizer, model, rows) => step(optimizer, (call) => neg(mean(model.logProb(rows, call)))));

/** Steps between two readings of the loss. */
const reading = 10;

/** Steps inside one `fit`, which shuffles and picks its rows; its start and its closing evaluation are left out. */
export const openFit: Open<RealNvpSpec> = async (told) => {
  const { batch, learningRate, clip } = told.spec;
  const model = modelOf(told);
  const rows = pairs(floatsOf(told, "rows"));
  const fitted = async (steps: number): Promise<readonly number[]> => {
    const times: number[] = [];
    const onStep = (): void => void times.push(performance.now());
    await fit(model, rows, { batch, learningRate, clip, steps, validation: 0, evaluateEvery: steps, logEvery: reading, onStep });
    return times;
  };
  await fitted(told.spec.steps);
  return {
    value: await trainingNll(model, rows),
    block: async (calls) => {
      const readings = Math.ceil(calls / reading);
      const times = await fitted(reading * (readings + 1));
      return { ms: times[readings]! - times[0]!, units: reading * readings };
    },
  };
};
