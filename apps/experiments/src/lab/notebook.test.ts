import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { figure, panel } from "@flows/plot";
import { afterAll, expect, it } from "vitest";
import { openNotebook } from "./notebook.js";
import { progressLines, silent } from "./progress.js";

const folder = mkdtempSync(join(tmpdir(), "experiments-"));
afterAll(() => rmSync(folder, { recursive: true }));

function opened(quick: boolean) {
  const taken: string[] = [];
  const accept = (id: string, shown: object): void => {
    taken.push(`${id} ${Object.keys(shown)[0]}`);
    if ("atMost" in shown) throw new Error(`${id} is not shown`);
  };
  return { taken, notebook: openNotebook({ folder, quick, progress: silent, accept }) };
}

it("a quick run has one seed, and its numbers do not count", async () => {
  const { notebook, taken } = opened(true);
  expect(notebook.seeds(3)).toEqual([0]);
  notebook.show("000.10", { value: 0.04, atMost: 0.05 });
  notebook.show("000.19", { behaviour: "keeps the best epoch", passed: true });
  await notebook.figure("empty", figure({ panels: [panel({ marks: [] })] }), ["000.20"]);
  expect(taken).toEqual(["000.19 behaviour", "000.20 figure"]);
  expect(["empty.svg", "empty.png"].every((name) => existsSync(join(folder, name)))).toBe(true);
});

it("a full run goes on past a line that is not shown, and tells it at the end", () => {
  const { notebook, taken } = opened(false);
  expect(notebook.seeds(3)).toEqual([0, 1, 2]);
  notebook.show("000.10", { value: 0.06, atMost: 0.05 });
  notebook.show("000.4", { value: 1, expected: 1, tolerance: 0 });
  expect(taken).toHaveLength(2);
  expect(notebook.missed).toEqual(["000.10 is not shown"]);
});

it("progress tells the time left, and writes plain lines rarely", () => {
  const lines: string[] = [];
  let time = 0;
  const progress = progressLines({ write: (text) => lines.push(text), terminal: false, now: () => time });
  for (time = 0; time < 40_000; time += 1000) progress.step("seed 0", time / 40_000, "NLL 2.1");
  progress.end("seed 0", "NLL 1.9");
  expect(lines).toEqual([
    "seed 0  25%, 30 s left  NLL 2.1\n",
    "seed 0  50%, 20 s left  NLL 2.1\n",
    "seed 0  75%, 10 s left  NLL 2.1\n",
    "seed 0 done in 40 s  NLL 1.9\n",
  ]);
});
