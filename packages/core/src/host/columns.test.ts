import { cpu } from "@flows/backend-cpu";
import { float64 } from "@flows/backend-float64";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { useBackend } from "../backend/use-backend.js";
import type { BackendHandle } from "../contracts/index.js";
import { flow } from "../distributions/flow.js";
import { normal } from "../distributions/normal.js";
import { chain } from "../maps/chain.js";
import { normals } from "../random/index.js";
import { affine } from "../testing/acme.js";
import { fit } from "../training/fit.js";
import { columnFaults } from "./columns.js";
import type { Rows } from "./rows.js";

const n = 300;
const noise = normals(1, 0, n, 2);
const [a, b] = [(i: number): number => noise[2 * i]!, (i: number): number => noise[2 * i + 1]!];
const table = (...columns: readonly ((i: number) => number)[]): Rows => ({
  data: Float64Array.from({ length: n * columns.length }, (_, at) => columns[at % columns.length]!(Math.floor(at / columns.length))),
  shape: [n, columns.length],
});

const cases: readonly (readonly [what: string, rows: Rows, kinds: string, text: RegExp])[] = [
  ["nothing", table(a, b), "", /^$/],
  ["a constant", table(a, () => 7), "constant", /^column 1 is constant at 7, so it has no density. Leave it out.$/],
  ["a copy in other units", table(a, b, (i) => 3 - 40 * a(i)), "copy", /^column 2 is column 0 again/],
  ["a sum", table(a, b, (i) => 2 * a(i) - b(i) + 9), "collinear", /^column 2 is a sum of multiples of other columns/],
  ["nearly a copy", table(a, (i) => a(i) + 1e-3 * b(i)), "", /^$/],
  ["a value that holds most rows", table(a, (i) => (i % 10 === 0 ? b(i) : -200)), "repeated", /^column 1 is -200 in 90 % of the rows/],
  ["a value that holds half of them", table(a, (i) => (i % 2 === 0 ? b(i) : -200)), "", /^$/],
  ["a mean 2,000 deviations from 0", table(a, (i) => 2000 + b(i)), "far", /^column 1 has its mean 2,\d\d\d standard deviations from 0/],
  [
    "times that float32 rounds",
    table(a, (i) => 1_700_000_000 + 30 * b(i)),
    "rounded,far",
    /^column 1 is moved by up to [12]\.\d+ standard deviations by float32: of 300 different values [2-4] are left/,
  ],
  [
    "times of which one value is left",
    table(a, (i) => 1_700_000_000 + b(i)),
    "lost,far",
    /of 300 different values 1 are left. Standardise it/,
  ],
];

describe("the columns of rows", () => {
  let handle: BackendHandle;
  beforeEach(async () => {
    handle = await useBackend(cpu());
  });
  afterEach(() => handle.dispose());

  it.each(cases)("tells of %s", (_what, rows, kinds, text) => {
    const faults = columnFaults(rows);
    expect(faults.map(({ kind }) => kind).join()).toBe(kinds);
    expect(faults[0]?.text ?? "").toMatch(text);
  });

  it("names columns, and says nothing of float32 where it rounds nothing", async () => {
    expect(columnFaults(cases[1]![1], { names: ["a", "b"] })[0]!.text).toMatch(/^column "b" is constant/);
    handle.dispose();
    handle = await useBackend(float64());
    expect(columnFaults(cases[9]![1]).map(({ kind }) => kind)).toEqual(["far"]);
  });

  it("fit warns of them in its history, and refuses a column of which nothing is left", async () => {
    const model = flow({ base: normal({ features: 2 }), bijector: chain([affine({ features: 2 })]) });
    const { warnings } = await fit(model, cases[5]![1], { steps: 2 });
    expect(warnings).toEqual([expect.stringMatching(/^column 1 is -200 in 90 % of the rows/)]);
    await expect(fit(model, cases[9]![1], { steps: 2 })).rejects.toMatchObject({
      code: "data",
      message: expect.stringContaining("1 are left"),
    });
    model.dispose();
  });
});
