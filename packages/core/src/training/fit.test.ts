import { accepts } from "@flows/acceptance";
import { cpu } from "@flows/backend-cpu";
import { memory } from "@tensorflow/tfjs-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { useBackend } from "../backend/use-backend.js";
import type { BackendHandle, Bijector, Distribution } from "../contracts/index.js";
import { flow } from "../distributions/flow.js";
import { normal } from "../distributions/normal.js";
import type { BatchLike } from "../host/batch.js";
import { nll } from "../host/nll.js";
import type { Rows } from "../host/rows.js";
import { chain } from "../maps/chain.js";
import { leaves } from "../modules/leaves.js";
import { constant, zerosLike } from "../ops/index.js";
import { normals } from "../random/index.js";
import { affine, bend, centre, cloud, exponential, shifted } from "../testing/acme.js";
import { fit } from "./fit.js";
import type { FitOptions, StepReport } from "./options.js";
import type { Pull } from "./run.js";
import { train } from "./train.js";

const made: Distribution[] = [];
const build = (...maps: Bijector[]): Distribution => {
  const model = flow({ base: normal({ features: 2 }), bijector: chain(maps) });
  made.push(model);
  return model;
};
const small = (): Distribution => build(affine({ features: 2 }));
const rich = (): Distribution => build(affine({ features: 2 }), bend({ hidden: 8 }), centre({ features: 2 }), affine({ features: 2 }));
const numbers = async (model: Distribution): Promise<Record<string, number[]>> =>
  Object.fromEntries(await Promise.all(leaves(model).map(async (leaf) => [leaf.path, Array.from(await leaf.read())] as const)));
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "nothing",
    (error: { code?: string; message: string }) => `${error.code} ${error.message}`,
  );
const quick: FitOptions = { steps: 30, batch: 32, learningRate: 0.02, validation: 0 };

describe("fit", () => {
  let handle: BackendHandle;
  let before = 0;
  beforeAll(async () => {
    handle = await useBackend(cpu());
  });
  afterAll(() => handle.dispose());
  beforeEach(() => {
    before = memory().numTensors;
  });
  afterEach(() => {
    for (const model of made.splice(0)) model.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it("finds the mean and the spread of a table, and says how it went", async () => {
    const data: Rows = { data: normals(1, 0, 500, 2).map((v, i) => (i % 2 === 0 ? 1.5 * v + 1 : v / 2)), shape: [500, 2] };
    const first = Array.from(data.data).filter((_, i) => i % 2 === 0);
    const mean = first.reduce((sum, v) => sum + v, 0) / 500;
    const deviation = Math.sqrt(first.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 500);
    const model = small();
    const reports: StepReport[] = [];
    const history = await fit(model, data, {
      steps: 400,
      learningRate: 0.05,
      validation: data,
      schedule: { kind: "cosine", to: 1e-4, warmup: 10 },
      onStep: (r) => reports.push(r),
    });
    const found = await numbers(model);
    expect(found["bijector.bijectors.0.shift"]![0]).toBeCloseTo(mean, 2);
    expect(found["bijector.bijectors.0.logScale"]![0]).toBeCloseTo(Math.log(deviation), 2);
    expect(history).toMatchObject({ steps: 400, epochs: 200, seed: 0, skipped: 0, stopped: "steps", fault: undefined });
    expect(history.evaluatedAt.length).toBe(history.validationNll.length);
    expect(history.evaluatedAt.at(-1)).toBe(400);
    expect(history.validationNll.at(-1)).toBeLessThan(history.validationNll[0]!);
    expect(history.learningRates.at(-1)).toBeCloseTo(1e-4, 6);
    expect(history.stepMs.min).toBeGreaterThan(0);
    expect(reports).toHaveLength(40);
    const alone = { module: "bijector.bijectors.0", type: "acme/affine", why: "acme/affine has no lowering" };
    expect(history.programs).toMatchObject({ lowers: false, stretches: expect.arrayContaining([alone]) });
    expect(reports.at(-1)!.programs).toEqual(history.programs);
    expect(reports[0]).toMatchObject({ step: 10, steps: 400, epoch: 4, skipped: 0, learningRate: 0.05 });
    expect(reports.at(-1)!.loss).toBeCloseTo(history.trainNll.at(-1)!, 0);
  });

  it("the same seed gives the same weights, another seed others", async () => {
    const once = async (seed: number) => {
      const model = rich();
      await fit(model, cloud(100), { ...quick, seed, averaging: { kind: "exponential", decay: 0.9 } });
      return numbers(model);
    };
    const first = await once(4);
    expect(await once(4)).toEqual(first);
    expect(await once(5)).not.toEqual(first);
  });

  it("a second fit goes on from what it finds", async () => {
    const model = small();
    await fit(model, cloud(100), quick);
    const between = await nll(model, cloud(100));
    const history = await fit(model, cloud(100), { ...quick, seed: 9, evaluateEvery: 1, steps: 1, learningRate: 0 });
    expect(history.trainNll[0]).toBeCloseTo(between, 5);
  });

  it("weights count as repeated rows do; rows that weigh nothing are not seen", async () => {
    const { data } = cloud(20);
    const few: Rows = { data, shape: [20, 2] };
    const weights = Array.from({ length: 20 }, (_, i) => i % 3);
    const repeated = Array.from({ length: 20 }, (_, i) =>
      Array.from({ length: i % 3 }, () => Array.from(data.slice(2 * i, 2 * i + 2))),
    ).flat();
    const [one, two] = [small(), small()];
    await fit(one, { x: few, weights }, { ...quick, batch: 100 });
    await fit(two, repeated, { ...quick, batch: 100 });
    expect(await nll(one, { x: few, weights })).toBeCloseTo(await nll(two, repeated), 4);
    expect(await nll(one, repeated)).toBeCloseTo(await nll(one, { x: few, weights }), 5);
    const [a, b] = [await numbers(one), await numbers(two)];
    for (const path of Object.keys(a)) a[path]!.forEach((v, i) => void expect(v).toBeCloseTo(b[path]![i]!, 4));
  });

  it("frozen paths do not move, neither parameters nor state", async () => {
    const model = rich();
    await fit(model, cloud(64), { ...quick, steps: 1 });
    const old = await numbers(model);
    await fit(model, cloud(64), {
      ...quick,
      weightDecay: 0.1,
      freeze: ["bijector.bijectors.0", "bijector.bijectors.1.w0", "bijector.bijectors.2"],
    });
    const now = await numbers(model);
    const still = Object.keys(now).filter((path) => JSON.stringify(now[path]) === JSON.stringify(old[path]));
    expect(still).toEqual([
      "bijector.bijectors.0.shift",
      "bijector.bijectors.0.logScale",
      "bijector.bijectors.1.w0",
      "bijector.bijectors.2.middle",
      "bijector.bijectors.2.started",
    ]);
    expect(await codeOf(fit(model, cloud(64), { freeze: ["bijector.bijectors.7"] }))).toContain(
      "freeze names bijector.bijectors.7, but no numbers lie there",
    );
    expect(await codeOf(fit(model, cloud(64), { freeze: ["bijector"] }))).toContain("config adam: there is nothing to train");
  });

  it("weight decay shrinks weights only", async () => {
    const norms = async (weightDecay: number) => {
      const model = build(bend({ hidden: 8 }));
      await fit(model, cloud(64), { ...quick, steps: 60, weightDecay });
      const found = await numbers(model);
      return ["w0", "w1"].map((name) => Math.hypot(...found[`bijector.bijectors.0.${name}`]!));
    };
    const [free, decayed] = [await norms(0), await norms(2)];
    for (const i of [0, 1]) expect(decayed[i]!).toBeLessThan(0.9 * free[i]!);
    // Without a gradient there is nothing but decay.
    const model = build(affine({ features: 2 }), bend({ hidden: 8 }));
    const still: Pull<undefined> = (_batch, _call, { buffers }) => ({
      value: constant(0),
      grads: Object.fromEntries(buffers.map((buffer) => [buffer.name, zerosLike(buffer)])),
    });
    await train(model, undefined, still, { steps: 1, weightDecay: 2, learningRate: 0 });
    const old = await numbers(model);
    await train(model, undefined, still, { steps: 3, weightDecay: 2, learningRate: 0.1 });
    const now = await numbers(model);
    let moved = 0;
    for (const [path, values] of Object.entries(old)) {
      const kept = /\.w[01]$/.test(path) ? 0.8 ** 3 : 1;
      if (now[path]!.some((value, i) => Math.abs(value - values[i]!) > 1e-12)) moved += kept < 1 ? 1 : Number.POSITIVE_INFINITY;
      expect(values.some((value) => value !== 0) || kept === 1, path).toBe(true);
      for (const [i, value] of values.entries()) expect(now[path]![i], path).toBeCloseTo(kept * value, kept === 1 ? 12 : 6);
    }
    accepts("004.79", { behaviour: "decoupled weight decay shrinks numbers of role weight, and no others", passed: moved === 2 });
  });

  it("an abort keeps what was reached, and resolves", async () => {
    const model = small();
    const control = new AbortController();
    const history = await fit(model, cloud(64), {
      ...quick,
      steps: 10_000,
      logEvery: 5,
      signal: control.signal,
      onStep: ({ step }) => step === 15 && control.abort(),
    });
    expect(history).toMatchObject({ stopped: "aborted", steps: 15 });
    const whole = small();
    await fit(whole, cloud(64), { ...quick, steps: 15 });
    expect(await numbers(model)).toEqual(await numbers(whole));
    const late = new AbortController();
    setTimeout(() => late.abort(), 50);
    expect((await fit(small(), cloud(64), { ...quick, steps: 1_000_000, signal: late.signal })).stopped).toBe("aborted");
  });

  it("patience ends a fit that gets worse, and the best weights are kept", async () => {
    const model = small();
    const history = await fit(model, cloud(300), {
      steps: 5000,
      learningRate: 0.5,
      validation: cloud(200, 1000),
      evaluateEvery: 2,
      patience: 6,
    });
    expect(history.stopped).toBe("patience");
    const best = Math.min(...history.validationNll);
    expect(history.bestStep).toBe(history.evaluatedAt[history.validationNll.indexOf(best)]);
    const ended = await nll(model, cloud(200, 1000));
    expect(ended).toBeCloseTo(best, 6);
    expect(history.validationNll.at(-1)).toBeGreaterThan(best);
    expect(history.validationNll.length - history.validationNll.indexOf(best)).toBe(7);
    accepts("000.19", {
      behaviour: "a fit that gets worse ends with the weights that validated best",
      passed: Math.abs(ended - best) < 1e-6 && history.validationNll.at(-1)! > best,
    });
  });

  it("averages weights: a tail average is the mean of the last steps", async () => {
    const options: FitOptions = { ...quick, steps: 4, batch: 64, learningRate: 0.1 };
    const after = async (steps: number) => {
      const model = small();
      await fit(model, cloud(64), { ...options, steps });
      return (await numbers(model))["bijector.bijectors.0.shift"]!;
    };
    const [third, fourth] = [await after(3), await after(4)];
    const averaged = small();
    const history = await fit(averaged, cloud(64), { ...options, averaging: { kind: "tail", from: 0.5 } });
    const shift = (await numbers(averaged))["bijector.bijectors.0.shift"]!;
    shift.forEach((v, i) => void expect(v).toBeCloseTo((third[i]! + fourth[i]!) / 2, 5));
    expect(await nll(averaged, cloud(64))).toBeCloseTo(history.trainNll.at(-1)!, 5);
  });

  it("a batch source with NaN rows skips those steps, counts them and goes on", async () => {
    const source = async function* (epoch: number): AsyncGenerator<BatchLike> {
      for (let i = 0; i < 5; i++) {
        const rows = cloud(32, 1000 * epoch + 32 * i);
        if (i === 3) rows.data[7] = Number.NaN;
        yield rows;
      }
    };
    const model = rich();
    const history = await fit(model, source, { epochs: 4, learningRate: 0.02, logEvery: 1 });
    expect(history).toMatchObject({ steps: 20, epochs: 4, skipped: 4, stopped: "epochs" });
    expect(
      Object.values(await numbers(model))
        .flat()
        .every(Number.isFinite),
    ).toBe(true);
    const other = rich();
    const clean = await fit(other, source, { steps: 7, learningRate: 0.02 });
    expect(clean).toMatchObject({ steps: 7, epochs: 1, stopped: "steps" });
  });

  it("ten steps in a row that are not finite end the fit and name the layer; nothing has changed", async () => {
    const model = build(affine({ features: 2 }), exponential({ features: 2 }));
    const good: Rows = { data: cloud(64).data.map(Math.abs), shape: [64, 2] };
    const bad: Rows = { data: good.data.map((v) => -v), shape: [64, 2] };
    const source = function* (epoch: number): Generator<BatchLike> {
      for (let i = 0; i < 4; i++) yield epoch < 2 ? good : bad;
    };
    const history = await fit(model, source, { steps: 100, logEvery: 5, evaluateEvery: 50 });
    expect(history).toMatchObject({ stopped: "nonfinite", skipped: 12, steps: 20 });
    expect(history.fault!.where).toBe("bijector.bijectors.1 (acme/exponential)");
    const clean = build(affine({ features: 2 }), exponential({ features: 2 }));
    await fit(clean, source, { steps: 8, logEvery: 5, evaluateEvery: 50 });
    expect(await numbers(model)).toEqual(await numbers(clean));
  });

  it("trains on a context, one row for all or one for each", async () => {
    const context = Array.from({ length: 64 }, (_, i) => [i % 2]);
    const data = cloud(64).data.map((v, i) => v + (Math.floor(i / 2) % 2) * 4);
    const model = build(shifted({ features: 2, contextFeatures: 1 }), affine({ features: 2 }));
    const history = await fit(model, { x: { data, shape: [64, 2] }, context }, { ...quick, steps: 200 });
    expect(history.trainNll.at(-1)).toBeLessThan(history.trainNll[0]!);
    const shift = (await numbers(model))["bijector.bijectors.0.w"]!;
    expect(Math.abs(shift[0]!)).toBeGreaterThan(0.5);
    await fit(model, { x: cloud(64), context: [[1]] }, { ...quick, steps: 2 });
  });

  it("takes 2 rows, and joins a batch of one to the one before", async () => {
    expect(await fit(rich(), cloud(2), { ...quick, steps: 2 })).toMatchObject({ steps: 2, epochs: 2 });
    expect(await fit(rich(), cloud(65), { ...quick, steps: undefined, epochs: 3 })).toMatchObject({
      steps: 6,
      epochs: 3,
      stopped: "epochs",
    });
  });
});
