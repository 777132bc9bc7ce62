import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { flows, folder } from "../testing/run.js";

const { at, remove } = folder();
afterAll(remove);

const data = process.env.FLOWS_DATA ?? fileURLToPath(new URL("../../../../../shared/data", import.meta.url));
const there = existsSync(`${data}/datasets/penguins.csv`);
if (!there) console.log(`The tables of the data folder are not at ${data}; set FLOWS_DATA to it. Their tests are skipped.`);

describe.skipIf(!there)("tables of the data folder, with no option but fewer steps", () => {
  it.each([
    { name: "penguins", rows: 342, left: "Left out, no numbers in them: species.", column: "bill_length_mm" },
    { name: "winequality_red", rows: 1359, left: "", column: "fixed_acidity" },
  ])("$name is fitted, scored in its own units, sampled and reported", async ({ name, rows, left, column }) => {
    const [file, model] = [`${data}/datasets/${name}.csv`, at(`${name}.safetensors`)];
    const fitted = await flows(["fit", file, "--steps", "100", "--out", model, "--json"]);
    expect(fitted.code).toBe(0);
    expect(fitted.error).toContain(left);
    expect(fitted.json).toMatchObject({ floor: null, natsAboveFloor: null });
    const scored = await flows(["score", model, file, "--out", at("scores.csv"), "--json"]);
    expect(scored.json).toMatchObject({ rows, outside: 0 });
    expect(readFileSync(at("scores.csv"), "utf8").trimEnd().split("\n")).toHaveLength(rows + 1);
    // Most of the rows were trained on, and all are in the file's own units.
    expect(Math.abs((scored.json.meanLogProb as number) + (fitted.json.trainNll as number))).toBeLessThan(1);
    const sampled = await flows(["sample", model, "-n", "10"]);
    expect(sampled.out.split("\n")[0]).toContain(column);
    const reported = await flows(["report", model, file, "--out", at(`${name}.html`)]);
    expect(reported.code).toBe(0);
    expect(readFileSync(at(`${name}.html`), "utf8")).toContain("Density, column by column");
  });
});
