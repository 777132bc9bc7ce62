import { accepts } from "@flows/acceptance";
import type { Streams } from "@flows/cli/program";
import { describe, expect, it } from "vitest";
import { maps } from "./001-maps/index.js";
import { objectives } from "./001-maps/objectives.js";
import { changeOfVariables } from "./004-2/index.js";
import { transport } from "./004-transport/index.js";
import { experiments } from "./experiments.js";
import { type Experiment, runExperiment } from "./lab/experiment.js";
import { outFolder } from "./lab/out-folder.js";
import { silent } from "./lab/progress.js";
import { program } from "./program.js";

async function said(...argv: string[]) {
  const out = { result: "", error: "" };
  const streams: Streams = {
    out: (text) => void (out.result += text),
    error: (text) => void (out.error += text),
    screen: undefined,
    flush: () => Promise.resolve(),
  };
  return { code: await program(argv, streams), ...out };
}

describe("the experiment command", () => {
  it("alone lists the experiments", async () => {
    const { code, result } = await said();
    expect(code).toBe(0);
    for (const { name, title } of experiments) expect(result).toMatch(new RegExp(`${name} +${title.slice(0, 10)}`));
  });

  it.each([
    [["nothing"], 'there is no "nothing". Known: '],
    [["004-2", "001-maps"], "expected one name"],
    [["004-2", "--fast"], "Unknown option '--fast'"],
  ])("%j is a usage error", async (argv, text) => {
    const { code, error } = await said(...argv);
    expect(code).toBe(2);
    expect(error).toContain(text);
  });
});

describe("experiments that train nothing show their lines", () => {
  const run = (experiment: Experiment) => runExperiment(experiment, { quick: true, folder: outFolder(), progress: silent });

  it.each([maps, changeOfVariables])("$name", async (experiment) => {
    const { missed, rows, figures, quick } = await run(experiment);
    expect(missed).toEqual([]);
    expect(quick).toBe(false);
    expect(rows.length).toBeGreaterThan(5);
    expect(figures.length).toBeGreaterThan(3);
  });

  it("004-transport, twice to the same numbers, with the backend that found them", async () => {
    const [once, again] = [await run(transport), await run(transport)];
    expect(once.missed).toEqual([]);
    expect(again.rows).toEqual(once.rows);
    expect(once.machine.backend).toBe("float64");
    accepts("001.1", {
      behaviour: `seeded: two runs agree to the bit; using ${once.machine.backend}`,
      passed: JSON.stringify(again.rows) === JSON.stringify(once.rows),
    });
  });

  it("the objectives of document 001 name experiments that there are", () => {
    const names = experiments.map(({ name }) => name);
    expect(objectives).toHaveLength(5);
    for (const { experiment } of objectives) expect(names).toContain(experiment);
    accepts("001.5", {
      behaviour: "five objectives, each with the experiment that shows it",
      passed: objectives.length === 5 && objectives.every(({ experiment }) => names.includes(experiment)),
    });
  });
});
