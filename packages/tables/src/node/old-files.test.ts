import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { cpu } from "@flows/backend-cpu";
import { type BackendHandle, useBackend } from "@flows/core";
import { select } from "@flows/core/author";
import { readBytes } from "@flows/core/node";
import { memory } from "@tensorflow/tfjs-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { compareModels } from "../comparing/compare-models.js";
import type { Data } from "../data/rows.js";
import { fitTable } from "../fitting/fit-table.js";
import { unseenRows } from "../quality/held-out.js";
import { loadTableFile } from "./load-table-file.js";
import { readData } from "./read-data.js";

const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
const expected = JSON.parse(readFileSync(fixture("expected.json"), "utf8"));
const close = (found: ArrayLike<number>, wanted: readonly number[], places: number): void =>
  wanted.forEach((value, i) => {
    expect(found[i]! / value).toBeCloseTo(1, places);
  });

describe("files of version 0.1", () => {
  let backend: BackendHandle;
  let data: Data;
  let before = 0;
  beforeAll(async () => {
    backend = await useBackend(cpu());
    data = await readData(fixture("table.csv"), { seed: 0 });
  });
  afterAll(() => backend.dispose());
  beforeEach(() => {
    before = memory().numTensors;
  });
  afterEach(() => expect(memory().numTensors).toBe(before));

  it.each(["realnvp", "kde", "gmm"])("a %s scores and draws as it did", async (name) => {
    const model = await loadTableFile(fixture(`${name}.safetensors`));
    const first = select(data.rows, [0, 1, 2, 3, 4, 5, 6, 7]);
    close(await model.score({ ...data, rows: first }), expected[name].logProb, 5);
    const { data: drawn, shape } = await model.draw(4, { seed: 5 });
    expect(shape).toEqual([4, 3]);
    close(drawn, expected[name].samples.flat(), 5);
    expect(model.about).toMatchObject({ model: name, data: "table.csv", rows: { train: 64, validation: 8, test: 8 } });
    model.dispose();
  });

  it("a flow that no fit of tables wrote has columns x1, x2, ... and no history", async () => {
    const model = await loadTableFile(fixture("flow.safetensors"));
    expect([model.columns, model.about]).toEqual([["x1", "x2"], undefined]);
    close(await model.score(expected.flow.rows), expected.flow.logProb, 6);
    model.dispose();
  });

  it("a checkpoint is no model, and the fit goes on from it to the model that was written then", async () => {
    const path = fixture("checkpoint.safetensors");
    await expect(loadTableFile(path)).rejects.toThrow(`${path}: is a checkpoint. Finish its fit`);
    const options = { layers: 2, hidden: [6], steps: 40, seed: 3, resume: await readBytes(path) };
    const [then, now] = [await loadTableFile(fixture("realnvp.safetensors")), await fitTable(data, options)];
    expect(now.about!.testNll).toBeCloseTo(then.about!.testNll!, 4);
    expect(now.about!.rowsHash).toBe(then.about!.rowsHash);
    expect(now.table).toEqual(then.table);
    for (const model of [then, now]) model.dispose();
  });

  it("tell the rows that they have not seen, and are fitted anew; an older schedule is one word", async () => {
    const [flow, kde] = [await loadTableFile(fixture("realnvp.safetensors")), await loadTableFile(fixture("kde.safetensors"))];
    expect(unseenRows(flow, data)).toHaveLength(8);
    const { rows, models } = await compareModels([flow, kde], data);
    expect([rows, models[0]!.name, models[0]!.toBest]).toEqual([8, kde.name, null]);
    const about = { ...flow.about!, training: { ...flow.about!.training, schedule: "constant" as const } };
    const anew = await compareModels([flow, { ...flow, name: "constant", about }], data, { folds: 2 });
    expect(anew.rows).toBe(80);
    expect(anew.models.map(({ meanLogProb }) => Number.isFinite(meanLogProb))).toEqual([true, true]);
    expect(anew.models[1]!.toBest!.mean).not.toBe(0);
    for (const model of [flow, kde]) model.dispose();
  });
});
