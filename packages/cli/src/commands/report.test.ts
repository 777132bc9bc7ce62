import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { flows, folder } from "../testing/run.js";

const { at, remove } = folder();
afterAll(remove);
const model = at("model");
const ring = "toy:ring?n=1200";

beforeAll(async () => {
  await flows(["fit", ring, "--layers", "4", "--hidden", "16", "--steps", "300", "--backend", "cpu", "--quiet", "--out", model]);
}, 60_000);

async function page(data: string, of = model): Promise<string> {
  const { code, error } = await flows(["report", of, data, "--backend", "cpu", "--out", at("page.html")]);
  expect(error).toMatch(/^(Read .*few\.csv: 3 rows of 2 columns .*\n)?Drawing the report\.\n$/);
  expect(code).toBe(0);
  return readFileSync(at("page.html"), "utf8");
}

it("the page shows every diagnostic, on rows that the fit has not seen", async () => {
  const html = await page(ring);
  for (const words of [
    "On 120 rows that the fit has not seen",
    "C2ST, a network",
    "energy distance",
    "MMD²",
    "diversity",
    "against it \\(p = |that it is not \\(p ",
    "TARP p ",
    "Samples by the nearest mode; each should hold 12.5%",
    "Mass in the middle half of the way",
    "1% false alarms: flows score --threshold 0.01",
    "Above the floor",
    "The curve is (fine|flat|exploding|overfitted)",
    "network passes",
  ])
    expect(html).toMatch(new RegExp(words));
});

it("a model is found out on other data", async () => {
  const html = await page("toy:two-moons?n=400");
  expect(html).toContain("On 400 rows that the fit has not seen");
  expect(html).toMatch(/accuracy [\d.]+, 0.5 where alike<\/td><td>no \(p (= 0\.00|&lt; )/);
  expect(html).toMatch(/together say that it is not \(p &lt; 0.0001\)/);
});

it("a few rows are drawn and not tested", async () => {
  writeFileSync(at("few.csv"), "x1,x2\n3,0\n0,3\n-3,0.1\n");
  const html = await page(at("few.csv"));
  for (const heading of ["Latent space", "Calibration", "Out of distribution"]) expect(html).not.toContain(heading);
  expect(html).toContain("Cost");
});

it("what a fit without validation and test rows does not know is not said", async () => {
  const whole = at("whole");
  await flows(["fit", ring, "--split", "0,0", "--model", "affine", "--steps", "30", "--backend", "cpu", "--quiet", "--out", whole]);
  const html = await page("toy:ring?n=300", whole);
  expect(html).toContain("false alarms. A density may be high");
  for (const words of ["flows score --threshold", "Above the floor", "Test NLL"]) expect(html).not.toContain(words);
});

it("a fit that learned its rows by heart is told so", async () => {
  const few = "toy:ring?n=60";
  await flows(["fit", few, "--layers", "4", "--patience", "20", "--backend", "cpu", "--quiet", "--out", at("learned")]);
  const [, words] = (await page(few, at("learned"))).match(/>Training<\/h2>\s*<p>(.*?)<\/p>/) ?? [];
  expect(words).toMatch(/The weights of step \d+ validated best and were kept. From there on it learned the training rows by heart/);
  expect(words).not.toContain("train longer");
});
