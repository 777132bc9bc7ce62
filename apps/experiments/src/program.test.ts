import { describe, expect, it } from "vitest";
import { maps } from "./001-maps/index.js";
import { changeOfVariables } from "./004-2/index.js";
import { experiments } from "./experiments.js";
import { runExperiment } from "./lab/experiment.js";
import { outFolder } from "./lab/out-folder.js";
import { silent } from "./lab/progress.js";
import { program } from "./program.js";

async function said(...argv: string[]) {
  const out = { result: "", error: "" };
  const streams = { result: (text: string) => (out.result += text), error: (text: string) => (out.error += text), terminal: false };
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
  it.each([maps, changeOfVariables])("$name", async (experiment) => {
    const { missed, rows, figures, quick } = await runExperiment(experiment, { quick: true, folder: outFolder(), progress: silent });
    expect(missed).toEqual([]);
    expect(quick).toBe(false);
    expect(rows.length).toBeGreaterThan(5);
    expect(figures.length).toBeGreaterThan(3);
  });
});
