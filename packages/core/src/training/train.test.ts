import { cpu } from "@flows/backend-cpu";
import { wasm } from "@flows/backend-wasm";
import { mlp } from "@flows/bijectors";
import { memory, mul, type Tensor, tidy } from "@tensorflow/tfjs-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { useBackend } from "../backend/use-backend.js";
import type { Backend, BackendHandle, Conditioner, Distribution, Module } from "../contracts/index.js";
import { flow } from "../distributions/flow.js";
import { normal } from "../distributions/normal.js";
import { save } from "../files/model.js";
import type { Batch } from "../host/batch.js";
import { type Rows, rowsTensor } from "../host/rows.js";
import { leaves } from "../modules/leaves.js";
import { add, columns, constant, mean, square, sub } from "../ops/index.js";
import { lossGradient } from "../programs/loss-gradient.js";
import { normals } from "../random/index.js";
import { affine } from "../testing/acme.js";
import { miniBatches } from "./batches.js";
import type { Pull } from "./run.js";
import { type TrainOptions, train } from "./train.js";

/** x, y and 2 x - y + 1 / 2. */
const rowsOf = (seed: number): Rows => {
  const z = normals(seed, 0, 90, 3);
  for (let i = 0; i < 90; i++) z[3 * i + 2] = 2 * z[3 * i]! - z[3 * i + 1]! + 0.5;
  return { data: z, shape: [90, 3] };
};
const squares = (network: Conditioner, rows: Tensor): Tensor => mean(square(sub(network.apply(columns(rows, 0, 2)), columns(rows, 2, 1))));
const regression =
  (network: Conditioner): Pull<Batch> =>
  ({ x }, _call, { buffers }) =>
    lossGradient(() => squares(network, rowsTensor(x)), buffers);
const lossOn = (network: Conditioner, rows: Rows) => async (): Promise<number> => {
  const loss = tidy(() => squares(network, rowsTensor(rows)));
  const [value] = await loss.data();
  loss.dispose();
  return value!;
};
/** The reverse Kullback-Leibler divergence to a normal at 3 with standard deviation 1/2, by draws of the model's own; up to a constant. */
const reverseKl =
  (model: Distribution): Pull<undefined> =>
  (_batch, _call, { step, seed, buffers }) =>
    lossGradient(() => {
      const [x, logProb] = model.sampleAndLogProb(64, { seed, first: 64 * step });
      const target = mul(mean(square(sub(x, constant(3)))), constant(2));
      return add(mean(logProb), target);
    }, buffers);

const linear = (): Conditioner => mlp({ features: 2, hidden: [], outputs: 1 });
const shifted = (): Distribution => flow({ base: normal({ features: 1 }), bijector: affine({ features: 1 }) });
const valuesOf = async (module: Module): Promise<Record<string, number[]>> =>
  Object.fromEntries(await Promise.all(leaves(module).map(async (leaf) => [leaf.path, Array.from(await leaf.read())] as const)));
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "nothing",
    (error: { code?: string; message: string }) => `${error.code} ${error.message}`,
  );

const backends: readonly (readonly [string, () => Backend])[] = [
  ["cpu", cpu],
  ["wasm", wasm],
];
describe.each(backends)("train on %s", (_name, backend) => {
  let handle: BackendHandle;
  let before = 0;
  const made: Module[] = [];
  const kept = <M extends Module>(module: M): M => {
    made.push(module);
    return module;
  };
  beforeEach(async () => {
    handle = await useBackend(backend());
    before = memory().numTensors;
  });
  afterEach(() => {
    for (const module of made.splice(0)) module.dispose();
    expect(memory().numTensors).toBe(before);
    handle.dispose();
  });

  /** A whole training with a checkpoint after some of its steps, and resumed ones from the first, the middle and the last. */
  async function resumed<B>(make: () => Module, run: (module: Module, more: TrainOptions<B>) => Promise<{ readonly steps: number }>) {
    const files: Uint8Array[] = [];
    const [whole, checkpoint] = [kept(make()), { every: 7, write: async (bytes: Uint8Array) => void files.push(bytes) }];
    const { steps, ...history } = await run(whole, { checkpoint });
    const { seconds, stepMs, ...rest } = history as Record<string, unknown>;
    expect(files.length).toBe(Math.floor(steps / 7));
    for (const resume of [0, files.length >> 1, files.length - 1].map((i) => files[i]!)) {
      const again = kept(make());
      expect(await run(again, { resume })).toMatchObject(rest);
      expect(await save(again)).toEqual(await save(whole));
    }
    return { history: rest, values: await valuesOf(whole) };
  }

  it("fits a network to mini-batches by a loss of one's own, with all that fit has", async () => {
    const held = rowsOf(2);
    const { history, values } = await resumed<Batch>(linear, (network, more) =>
      train(network, miniBatches(rowsOf(1), { batch: 32 }), regression(network as Conditioner), {
        epochs: 70,
        learningRate: 0.1,
        schedule: { kind: "cosine", warmup: 3 },
        averaging: { kind: "exponential", decay: 0.8 },
        clip: 10,
        evaluateEvery: 20,
        trainLoss: lossOn(network as Conditioner, rowsOf(1)),
        validate: lossOn(network as Conditioner, held),
        ...more,
      }),
    );
    expect(history).toMatchObject({ epochs: 70, stopped: "epochs", skipped: 0, seed: 0, bestStep: 210 });
    const losses = history.validationLoss as number[];
    expect(losses.at(-1)).toBeLessThan(1e-4);
    expect((history.trainLoss as number[]).length).toBe(losses.length);
    for (const [i, slope] of [2, -1].entries()) expect(values.w0![i]).toBeCloseTo(slope, 2);
    expect(values.b0![0]).toBeCloseTo(0.5, 2);
  });

  it("needs no batches where the loss draws what it needs: by reverse Kullback-Leibler", async () => {
    const { history, values } = await resumed<undefined>(shifted, (model, more) =>
      train(model, undefined, reverseKl(model as Distribution), {
        steps: 300,
        learningRate: 0.05,
        schedule: { kind: "cosine" },
        seed: 3,
        ...more,
      }),
    );
    expect(history).toMatchObject({ epochs: 300, stopped: "steps", trainLoss: [], validationLoss: [], seed: 3 });
    expect(values["bijector.shift"]![0]).toBeCloseTo(3, 1);
    expect(values["bijector.logScale"]![0]).toBeCloseTo(-Math.log(2), 1);
  });

  it("hands on random numbers of the step's own", async () => {
    const seen = async (seed: number, steps: number, resume?: Uint8Array) => {
      const [network, found, files] = [kept(linear()), [] as number[], [] as Uint8Array[]];
      const pull: Pull<undefined> = (_batch, call, { buffers }) => {
        const drawn = call.draws!.take(1, { width: 2, kind: "normal", stream: "trace" });
        found.push(drawn.dataSync()[0]!);
        return lossGradient(() => mean(square(network.apply(drawn))), buffers);
      };
      await train(network, undefined, pull, {
        steps,
        seed,
        resume,
        checkpoint: { every: 2, write: async (bytes) => void files.push(bytes) },
      });
      return { found, files };
    };
    const { found, files } = await seen(1, 4);
    expect(new Set(found).size).toBe(4);
    expect((await seen(1, 4, files[0])).found).toEqual(found.slice(2));
    expect((await seen(2, 4)).found).not.toEqual(found);
  });

  it("tells how it goes, keeps what was reached on an abort, and stops where it gets no better", async () => {
    const network = kept(linear());
    const control = new AbortController();
    const steps: number[] = [];
    const batches = miniBatches(rowsOf(1), { batch: 30, seed: 4 });
    const aborted = await train(network, batches, regression(network), {
      steps: 100,
      logEvery: 5,
      signal: control.signal,
      onStep: ({ step, loss, validationLoss }) => {
        expect([loss > 0, validationLoss]).toEqual([true, undefined]);
        if (steps.push(step) === 3) control.abort();
      },
    });
    expect([aborted.stopped, aborted.steps, steps]).toEqual(["aborted", 15, [5, 10, 15]]);
    const patient = await train(network, batches, regression(network), { patience: 2, evaluateEvery: 1, validate: async () => 1 });
    expect([patient.stopped, patient.steps, patient.bestStep]).toEqual(["patience", 3, 1]);
  });

  it("ten steps in a row that are not finite end it, with the fault that diagnose finds", async () => {
    const network = kept(linear());
    const old = await valuesOf(network);
    const pull: Pull<Batch> = ({ x }, _call, { buffers }) =>
      lossGradient(() => mul(squares(network, rowsTensor(x)), constant(Number.NaN)), buffers);
    const run = (diagnose?: TrainOptions<Batch>["diagnose"]) => train(network, miniBatches(rowsOf(1)), pull, { diagnose, steps: 50 });
    const ended = await run(async ({ x }) => ({ where: "loss", text: `of ${x.shape[0]} rows` }));
    expect(ended).toMatchObject({ stopped: "nonfinite", skipped: 10, steps: 10, fault: { where: "loss", text: "of 90 rows" } });
    expect((await run()).fault).toEqual({ where: "flows/mlp", text: "the loss or its gradient is not finite" });
    expect((await valuesOf(network)).b0).toEqual(old.b0);
  });

  it("refuses what it cannot do, and leaves nothing behind", async () => {
    const network = kept(linear());
    const [batches, pull] = [miniBatches(rowsOf(1)), regression(network)];
    const files: Uint8Array[] = [];
    await train(network, batches, pull, { steps: 2, checkpoint: { every: 1, write: async (bytes) => void files.push(bytes) } });
    const resume = files[0]!;
    const broken: Pull<Batch> = ({ x }, _call, { buffers }) =>
      lossGradient(() => {
        squares(network, rowsTensor(x));
        throw new Error("of the loss");
      }, buffers);
    const refused: readonly (readonly [() => Promise<unknown>, string])[] = [
      [() => train({} as Module, undefined, pull as never), "config train: expected a flow or another module"],
      [() => train(network, batches, pull, { batch: 3 } as never), "config train: there is no option batch. Known: steps, epochs"],
      [() => train(network, batches, pull, { steps: 0 }), "config train: steps must be a whole number from 1"],
      [() => train(network, batches, pull, { patience: 2 }), "config train: patience needs a validation. Pass validate."],
      [() => train(network, batches, pull, { onStep: 3 as never }), "config train: onStep must be a function, got number"],
      [() => train(network, batches, pull, { freeze: "w0" as never }), "config train: freeze must be a list of paths, got string"],
      [() => train(network, batches, pull, { freeze: ["w9"] }), "config train: freeze names w9, but no numbers lie there"],
      [
        () => train(network, batches, pull, { resume: "file" as never }),
        "config train: resume must be the bytes of a checkpoint, got string",
      ],
      [() => train(network, batches, pull, { steps: 3, resume }), "config train: resume"],
      [() => train(network, miniBatches(rowsOf(2)), pull, { steps: 2, resume }), "data train: resume"],
      [() => train(network, batches, broken, { steps: 2 }), "undefined of the loss"],
    ];
    for (const [work, text] of refused) expect(await codeOf(work())).toContain(text);
  });
});

describe("mini-batches", () => {
  let handle: BackendHandle;
  beforeEach(async () => {
    handle = await useBackend(cpu());
  });
  afterEach(() => handle.dispose());
  const x = Array.from({ length: 9 }, (_, i) => [i]);

  it("go through all rows once an epoch, in another order each, and from any of them on", () => {
    const batches = miniBatches({ x, context: x.map(([i]) => [-i!]), weights: x.map(([i]) => i!) }, { batch: 3, seed: 1 });
    const seen = (epoch: number, from = 0) => [...(batches.epoch(epoch, from) as Iterable<{ batch: Batch; share: number }>)];
    const numbers = (epoch: number, from = 0) => seen(epoch, from).map(({ batch }) => Array.from(batch.x.data));
    expect(batches.perEpoch).toBe(3);
    // The row that weighs nothing is left out.
    expect(numbers(0).flat().sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(numbers(1)).not.toEqual(numbers(0));
    expect(numbers(1, 1)).toEqual(numbers(1).slice(1));
    for (const { batch, share } of seen(2)) {
      expect(Array.from(batch.context!.data, (v) => -v)).toEqual(Array.from(batch.x.data));
      expect(share).toBeCloseTo((batch.weights as Float64Array).reduce((a, b) => a + b, 0) / (3 * 4.5), 12);
    }
    expect(miniBatches(x, { batch: 3, seed: 1 }).hash).not.toBe(batches.hash);
  });

  it("refuse rows that are none", () => {
    const refused: readonly (readonly [() => unknown, string])[] = [
      [() => miniBatches([[1]]), "miniBatches: expected at least 2 rows to train on, got 1"],
      [() => miniBatches([[1], [Number.NaN]]), "miniBatches: row 1, column 0 is NaN"],
      [() => miniBatches({ x, context: [[1], [2]] }), "miniBatches: expected 1 or 9 rows of context, got 2"],
      [() => miniBatches({ x, context: [[Number.POSITIVE_INFINITY]] }), "miniBatches: the context's row 0, column 0 is Infinity"],
      [() => miniBatches({ x, weights: [1] }), "miniBatches: expected 9 weights"],
      [() => miniBatches(x, { batch: 1 }), "miniBatches: batch must be a whole number from 2"],
      [() => miniBatches(x, { size: 3 } as never), "miniBatches: there is no option size. Known: batch, seed."],
    ];
    for (const [make, text] of refused) expect(make).toThrow(text);
  });
});
