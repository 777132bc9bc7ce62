import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpu } from "@flows/backend-cpu";
import { affine } from "@flows/bijectors";
import { chain, flow, normal, save, useBackend } from "@flows/core";
import { defineBijector } from "@flows/core/author";
import { add, constant, sub } from "@flows/core/ops";
import { afterAll, beforeAll, expect, it } from "vitest";
import { flows, folder } from "../testing/run.js";

const { at, remove } = folder();
afterAll(remove);

/** A map of somebody else's plugin. */
const shift = defineBijector("acme/shift", ({ features }: { readonly features: number }) => ({
  event: [features],
  forward: (z) => [add(z, constant(1)), constant(0)],
  inverse: (x) => [sub(x, constant(1)), constant(0)],
}));

async function strange(path: string): Promise<void> {
  const backend = await useBackend(cpu());
  const model = flow({ base: normal({ features: 2 }), bijector: chain([affine({ features: 2 }), shift({ features: 2 })]) });
  writeFileSync(path, await save(model));
  model.dispose();
  backend.dispose();
}

beforeAll(async () => {
  writeFileSync(at("data.csv"), `first,second\n${Array.from({ length: 40 }, (_, i) => `${Math.sin(i)},${Math.cos(2 * i)}`).join("\n")}\n`);
  writeFileSync(at("other.csv"), "first,third\n1,2\n");
  writeFileSync(at("empty.csv"), "first,second\n");
  writeFileSync(at("gap.csv"), "first,second\n1,2\n3,\n");
  const fitted = ["fit", at("data.csv"), "--model", "affine", "--steps", "3", "--backend", "cpu", "--quiet"];
  await flows([...fitted, "--out", at("model.safetensors"), "--checkpoint", at("checkpoint"), "--checkpoint-every", "1"]);
  const bytes = readFileSync(at("model.safetensors"));
  writeFileSync(at("truncated"), bytes.subarray(0, bytes.length - 5));
  writeFileSync(at("edited"), Buffer.from(bytes.toString("latin1").replace(/(features\\":)2/, "$13"), "latin1"));
  writeFileSync(at("text"), "no model at all");
  writeFileSync(at("nothing"), "");
  mkdirSync(at("folder"));
  await strange(at("strange"));
}, 60_000);

it.each([
  ["nowhere", /there is no such file/],
  ["folder", /it is a folder/],
  ["text", /safetensors/],
  ["nothing", /safetensors/],
  ["truncated", /truncated|not whole|bytes/],
  ["edited", /the file's content cannot be used/],
  ["checkpoint", /is a checkpoint. Finish its fit with flows fit --resume/],
  ["strange", /acme\/shift is not known/],
])("every command refuses the model %s", async (name, words) => {
  const calls = [
    ["score", at(name), at("data.csv")],
    ["sample", at(name), "-n", "3"],
    ["report", at(name), at("data.csv"), "--out", at("report.html")],
    ["inspect", at(name)],
  ];
  for (const argv of calls) {
    const { code, out, error } = await flows([...argv, "--backend", "cpu"]);
    expect(error).toMatch(words);
    expect(error).toContain(at(name));
    expect(error.trimEnd().split("\n")).toHaveLength(1);
    expect(out).toBe("");
    expect(code).toBe(1);
  }
});

it.each([
  ["other.csv", /the model wants second, which is not there. The columns are first, third/],
  ["empty.csv", /at least 1/],
  ["gap.csv", /row 3, column "second": the cell is missing/],
  ["nowhere.csv", /there is no such file/],
  ["toy:bimodal", /it has 1 columns, but the model wants 2: first, second/],
])("score refuses the data %s", async (name, words) => {
  const { code, error } = await flows(["score", at("model.safetensors"), name.startsWith("toy:") ? name : at(name), "--backend", "cpu"]);
  expect(error).toMatch(words);
  expect(error.trimEnd().split("\n")).toHaveLength(1);
  expect(code).toBe(1);
});
