import { readFile } from "node:fs/promises";
import { cpu } from "@flows/backend-cpu";
import { memory } from "@tensorflow/tfjs-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { useBackend } from "../backend/use-backend.js";
import type { BackendHandle, Distribution } from "../contracts/index.js";
import { flow } from "../distributions/flow.js";
import { normal } from "../distributions/normal.js";
import { load, save } from "../files/model.js";
import { decodeSafetensors, encodeSafetensors } from "../files/safetensors.js";
import type { BatchLike, Data } from "../host/batch.js";
import type { Rows } from "../host/rows.js";
import { chain } from "../maps/chain.js";
import { normals } from "../random/index.js";
import { createRegistry } from "../registry.js";
import { acme, affine, bend, centre } from "../testing/acme.js";
import { fit } from "./fit.js";
import type { History } from "./history.js";
import type { FitOptions } from "./options.js";

const rows: Rows = { data: normals(3, 0, 60, 2).map((v) => v + v * v), shape: [60, 2] };
const options: FitOptions = {
  steps: 14,
  batch: 16,
  learningRate: 0.05,
  schedule: { kind: "cosine" },
  averaging: { kind: "tail", from: 0.3 },
  freeze: ["bijector.bijectors.0.shift"],
  validation: 0.2,
  evaluateEvery: 3,
  logEvery: 4,
  weightDecay: 0.1,
};
const made: Distribution[] = [];
const build = (hidden = 3): Distribution => {
  const bijector = chain([affine({ features: 2 }), bend({ hidden }), centre({ features: 2 })]);
  made.push(flow({ base: normal({ features: 2 }), bijector }));
  return made.at(-1)!;
};
const withoutTimes = ({ seconds, stepMs, ...history }: History) => history;
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "nothing",
    (error: { code?: string; message: string }) => `${error.code} ${error.message}`,
  );

/** A whole fit with a checkpoint after every step. */
async function watched(data: Data, more: FitOptions) {
  const files: Uint8Array[] = [];
  const model = build();
  const history = await fit(model, data, { ...more, checkpoint: { every: 1, write: async (bytes) => void files.push(bytes) } });
  return { files, history: withoutTimes(history), bytes: await save(model) };
}

describe("resume", () => {
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

  it("from any step ends where an uninterrupted fit ends, to the bit", async () => {
    const { files, history, bytes } = await watched(rows, options);
    expect(files).toHaveLength(14);
    for (const resume of files) {
      const model = build();
      expect(withoutTimes(await fit(model, rows, { ...options, resume }))).toEqual(history);
      expect(await save(model)).toEqual(bytes);
    }
  });

  it("goes on within a source of batches, with skipped steps counted", async () => {
    const source = function* (epoch: number): Generator<BatchLike> {
      for (let i = 0; i < 4; i++) {
        const data = normals(8, 40 * epoch + 10 * i, 10, 2);
        if (i === 2) data[3] = Number.NaN;
        yield { x: { data, shape: [10, 2] }, weights: Array.from({ length: 10 }, (_, j) => 1 + (j % 2)) };
      }
    };
    const more: FitOptions = { steps: 10, learningRate: 0.05, averaging: { kind: "exponential" }, evaluateEvery: 4, validation: rows };
    const { files, history, bytes } = await watched(source, more);
    expect(history).toMatchObject({ skipped: 2, steps: 10, epochs: 2 });
    for (const resume of [files[2]!, files[3]!, files[6]!]) {
      const model = build();
      expect(withoutTimes(await fit(model, source, { ...more, resume }))).toEqual(history);
      expect(await save(model)).toEqual(bytes);
    }
  });

  it("an abort hands over a checkpoint that goes on to the same end", async () => {
    const { history, bytes } = await watched(rows, options);
    const control = new AbortController();
    const files: Uint8Array[] = [];
    const first = await fit(build(), rows, {
      ...options,
      logEvery: 4,
      signal: control.signal,
      onStep: ({ step }) => step === 8 && control.abort(),
      checkpoint: { every: 1000, write: async (file) => void files.push(file) },
    });
    expect(first.stopped).toBe("aborted");
    const model = build();
    expect(withoutTimes(await fit(model, rows, { ...options, resume: files[0]! }))).toEqual(history);
    expect(await save(model)).toEqual(bytes);
  });

  it("a checkpoint is a model file too", async () => {
    const { files } = await watched(rows, options);
    const { tensors, metadata } = decodeSafetensors(files[9]!);
    const kinds = new Set([...tensors.keys()].map((name) => name.split("/")[0]));
    expect(kinds).toEqual(new Set(["flow", "state", "best", "adam", "average", "fit"]));
    expect(JSON.parse(metadata.checkpoint!)).toMatchObject({ step: 10, epoch: 3, inEpoch: 1, seed: 0, options: { steps: 14, batch: 16 } });
    const loaded = load(files[9]!, createRegistry([acme]));
    made.push(loaded.flow);
    const resumed = build();
    await fit(resumed, rows, { ...options, resume: files[9]!, signal: AbortSignal.abort() });
    expect(loaded.flow.eventShape).toEqual([2]);
    expect(loaded.checkpoint).toBe(true);
  });

  it("goes on from a file that version 0.1 wrote, to the weights that it reached", async () => {
    const fixture = (name: string) => readFile(new URL(`fixtures/${name}-0.1.safetensors`, import.meta.url));
    const model = build();
    const history = await fit(model, rows, { ...options, learningRate: 0.01, resume: await fixture("checkpoint") });
    expect(history).toMatchObject({ steps: 14, evaluatedAt: [3, 6, 9, 12, 14], bestStep: 14 });
    const [found, wanted] = [await save(model), await fixture("model")].map((bytes) => decodeSafetensors(bytes).tensors);
    expect([...found!.keys()]).toEqual([...wanted!.keys()]);
    for (const [name, { data }] of wanted!)
      for (const [i, value] of data.entries()) expect(found!.get(name)!.data[i], name).toBeCloseTo(value, 6);
  });

  it("refuses other options, data, flows and files, names them, and leaves the flow as it was", async () => {
    const { files } = await watched(rows, options);
    const resume = files[5]!;
    const model = build();
    const old = await save(model);
    const refused = async (text: string, more: FitOptions, data: Data = rows, on = model) =>
      expect(await codeOf(fit(on, data, { ...options, resume, ...more }))).toContain(text);
    await refused(
      "config fit: resume: training is resumed with the options it was started with, but steps was 14 and is 20; seed was 0 and is 1",
      {
        steps: 20,
        seed: 1,
      },
    );
    await refused("averaging was", { averaging: { kind: "tail", from: 0.4 } });
    await refused("freeze was", { freeze: [] });
    const moved: Rows = { data: rows.data.map((v, i) => (i === 77 ? v + 1e-6 : v)), shape: [60, 2] };
    await refused("data fit: resume: training is resumed with the data it was started with", {}, moved);
    await refused("data fit: resume", {}, { x: rows, weights: Array(60).fill(1) });
    await refused("file fit: resume: the checkpoint is of another model", {}, rows, build(4));
    await refused("file fit: resume: the file is a model, not a checkpoint", { resume: old });
    await refused("file safetensors", { resume: resume.subarray(0, 900) });
    const edited = (name: string, edit: (numbers: Float32Array) => void) => {
      const { tensors, metadata } = decodeSafetensors(resume);
      edit(tensors.get(name)!.data as Float32Array);
      return encodeSafetensors(tensors, metadata);
    };
    await refused("adam/m/bijector.bijectors.1.w0 holds NaN", {
      resume: edited("adam/m/bijector.bijectors.1.w0", (v) => v.fill(Number.NaN)),
    });
    const { tensors, metadata } = decodeSafetensors(resume);
    for (const name of ["best/bijector.bijectors.1.w0", "average/bijector.bijectors.1.w0", "fit/tally", "fit/trainNll"]) {
      const less = new Map([...tensors].filter(([key]) => key !== name));
      await refused(`has no ${name}`, { resume: encodeSafetensors(less, metadata) });
    }
    await refused("facts are not usable", { resume: encodeSafetensors(tensors, { ...metadata, checkpoint: '{"step":-1}' }) });
    expect(await save(model)).toEqual(old);
    const same: Rows = { data: Float64Array.from(rows.data), shape: [60, 2] };
    expect((await fit(model, same, { ...options, resume })).steps).toBe(14);
  });
});
