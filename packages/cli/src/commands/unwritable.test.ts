import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { afterAll, expect, it } from "vitest";
import { flows, folder } from "../testing/run.js";

const { at, remove } = folder();
afterAll(remove);
writeFileSync(at("file"), "");
mkdirSync(at("folder"));

const quick = ["fit", "toy:two-moons?n=100", "--model", "affine", "--steps", "3", "--backend", "cpu"];
const linux = process.platform === "linux";

it.each(["--out", "--history", "--checkpoint"])("fit looks at %s before it begins", async (option) => {
  for (const path of [at("file/below"), at("folder"), ...(linux ? ["/proc/flows/model"] : [])]) {
    const { code, error } = await flows([...quick, option, path]);
    expect(error).toContain(path);
    expect(error.trimEnd().split("\n")).toHaveLength(1);
    expect(code).toBe(1);
  }
});

it("report looks at --png before it draws", async () => {
  await flows([...quick, "--out", at("drawn.safetensors")]);
  const call = ["report", at("drawn.safetensors"), "toy:two-moons?n=50", "--backend", "cpu", "--out", at("report.html")];
  const { code, error } = await flows([...call, "--png", at("file/figures")]);
  expect(error).toMatch(/file\/figures\/figure.png: cannot be written: .*Choose another/);
  expect(error.trimEnd().split("\n")).toHaveLength(1);
  expect([code, existsSync(at("report.html"))]).toEqual([1, false]);
});

it("leaves nothing beside what it writes", async () => {
  const { code } = await flows([...quick, "--out", at("models/deep/model.safetensors"), "--history", at("models/deep/history.json")]);
  expect(code).toBe(0);
  expect(readdirSync(at("models/deep")).sort()).toEqual(["history.json", "model.safetensors"]);
});

it.runIf(linux)("tells of a full disk, and of nothing else", async () => {
  await flows([...quick, "--out", at("model.safetensors")]);
  const calls = [
    ...["--out", "--history"].map((option) => [...quick, "--quiet", option, "/dev/full"]),
    [...quick, "--quiet", "--checkpoint", "/dev/full", "--checkpoint-every", "1"],
    ["report", at("model.safetensors"), "toy:two-moons?n=50", "--quiet", "--out", "/dev/full", "--backend", "cpu"],
    ["sample", at("model.safetensors"), "-n", "5", "--out", "/dev/full", "--backend", "cpu"],
    ["score", at("model.safetensors"), "toy:two-moons?n=50", "--out", "/dev/full", "--backend", "cpu"],
  ];
  for (const argv of calls) {
    const { code, out, error } = await flows(argv);
    expect(error).toBe("/dev/full: cannot be written: no space is left on it.\n");
    expect(out).toBe("");
    expect(code).toBe(1);
  }
  expect(existsSync("/dev/full")).toBe(true);
});
