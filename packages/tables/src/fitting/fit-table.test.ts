import { cpu } from "@flows/backend-cpu";
import { type BackendHandle, type FlowsError, isFlowsError, leaves, type StepReport, useBackend } from "@flows/core";
import { normals } from "@flows/core/author";
import { parseCsv } from "@flows/datasets";
import { memory } from "@tensorflow/tfjs-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { compareModels } from "../comparing/compare-models.js";
import { toyData } from "../data/data.js";
import type { TableData } from "../data/table-data.js";
import { loadTable } from "../model/model.js";
import { outlierDetectorOf } from "../quality/outlier-detector-of.js";
import { fitTable } from "./fit-table.js";
import { type FitStart, type TableOptions, tableOptions } from "./options.js";

/** Bills and masses that belong together, far from units of their own. */
const table: TableData = {
  name: "penguins",
  columns: ["bill", "mass"],
  rows: Array.from({ length: 100 }, (_, i) => [40 + 5 * Math.sin(i), 4000 + 500 * Math.sin(i) + 200 * Math.cos(7 * i)]),
};
const small: TableOptions = { layers: 2, hidden: [8], steps: 30, seed: 3 };

const errorOf = async (work: Promise<unknown>): Promise<FlowsError> => {
  const error = await work.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (!isFlowsError(error)) throw new Error(`expected a FlowsError, got ${error}`);
  return error;
};

/** Of rows of two columns. */
function correlation(data: ArrayLike<number>): number {
  const n = data.length / 2;
  const values = Array.from(data);
  const mean = (column: number): number => values.reduce((sum, v, i) => (i % 2 === column ? sum + v / n : sum), 0);
  const [a, b] = [mean(0), mean(1)];
  const product = (one: number, other: number): number =>
    Array.from({ length: n }, (_, i) => (values[2 * i + one]! - [a, b][one]!) * (values[2 * i + other]! - [a, b][other]!)).reduce(
      (sum, v) => sum + v,
      0,
    );
  return product(0, 1) / Math.sqrt(product(0, 0) * product(1, 1));
}

describe("fitTable", () => {
  let backend: BackendHandle;
  let before = 0;
  beforeAll(async () => {
    backend = await useBackend(cpu());
  });
  afterAll(() => backend.dispose());
  beforeEach(() => {
    before = memory().numTensors;
  });
  afterEach(() => expect(memory().numTensors).toBe(before));

  it("gives a model that scores and draws in the table's units, the same to the bit from its file", async () => {
    const model = await fitTable(table, small);
    expect([model.name, model.columns]).toEqual(["realnvp", table.columns]);
    expect(model.about).toMatchObject({
      data: "penguins",
      backend: "cpu",
      seed: 3,
      steps: 30,
      rows: { train: 80, validation: 10, test: 10 },
    });
    const { data: drawn } = await model.draw(500, { seed: 1 });
    for (const [column, least, most] of [
      [0, 30, 50],
      [1, 2500, 5500],
    ] as const) {
      const values = Array.from(drawn).filter((_, i) => i % 2 === column);
      const mean = values.reduce((sum, value) => sum + value, 0) / 500;
      expect([mean > least, mean < most], `${column}: ${mean}`).toEqual([true, true]);
    }
    const again = loadTable(await model.save(), "a file");
    const { seconds, stepMs, ...timeless } = model.about!;
    expect([again.about, seconds! > 0, stepMs!.min > 0]).toEqual([timeless, true, true]);
    expect(await again.score(table)).toEqual(await model.score(table));
    expect(await again.draw(20, { seed: 5 })).toEqual(await model.draw(20, { seed: 5 }));
    for (const one of [model, again]) one.dispose();
  });

  it("draws a narrow column far from 0 in its own digits: as many times as rows, and as they belong together", async () => {
    const times = Array.from({ length: 400 }, (_, i): [number, number] => {
      const [a, b] = normals(5, i, 1, 2);
      return [1_700_000_000 + 30 * a!, 0.7 * a! + Math.sqrt(0.51) * b!];
    });
    const model = await fitTable({ columns: ["time", "x"], rows: times }, { model: "gmm", components: 1, seed: 1 });
    const { data } = await model.draw(2000, { seed: 2 });
    expect(data).toBeInstanceOf(Float64Array);
    expect(new Set(data.filter((_, i) => i % 2 === 0)).size).toBeGreaterThan(1990);
    expect(correlation(data)).toBeCloseTo(correlation(times.flat()), 1);
    model.dispose();
  });

  it("a raw fit of times sees their own digits, and a copy of a column is named", async () => {
    const rows = Array.from({ length: 200 }, (_, i): [number, number, number] => {
      const [a, b] = normals(6, i, 1, 2);
      return [1_700_000_000 + 30 * a!, b!, 2 * b! + 1];
    });
    const times = { columns: ["time", "x"], rows: rows.map((row) => row.slice(0, 2)) };
    const [raw, usual] = [
      await fitTable(times, { model: "gmm", components: 1, raw: true, seed: 1, floor: 1e-9 }),
      await fitTable(times, { model: "gmm", components: 1, seed: 1, floor: 1e-9 }),
    ];
    expect(raw.table.columns.map(({ scale }) => scale)).toEqual([1, 1]);
    expect(raw.about!.testNll).toBeCloseTo(usual.about!.testNll!, 3);
    const copied = await fitTable({ columns: ["time", "x", "y"], rows }, { model: "gmm", components: 1 });
    expect(copied.about!.notes.join()).toContain('column "y" is column "x" again, but for shift and scale');
    for (const model of [raw, usual, copied]) model.dispose();
  });

  it("writes the same bytes for the same fit, resumed or not, and no time", async () => {
    const bytesOf = async (options: TableOptions): Promise<Uint8Array> => {
      const model = await fitTable(table, { ...small, ...options });
      expect([model.about!.seconds! > 0, model.about!.stepMs!.min > 0]).toEqual([true, true]);
      const bytes = await model.save();
      model.dispose();
      return bytes;
    };
    const whole = await bytesOf({});
    let half: Uint8Array | undefined;
    const write = async (bytes: Uint8Array) => {
      half ??= bytes;
    };
    expect(await bytesOf({ checkpoint: { every: 15, write } })).toEqual(whole);
    expect(await bytesOf({ resume: half! })).toEqual(whole);
  });

  it("takes the components, covariance and floor of a mixture, says what it tries, and refuses them elsewhere", async () => {
    const tried: number[] = [];
    const onCandidate = ({ components }: { readonly components: number }) => void tried.push(components);
    const model = await fitTable(table, { model: "gmm", components: [1, 3], covariance: "diagonal", floor: 0.01, onCandidate });
    expect(tried).toEqual([1, 3]);
    expect(model.about!.mixture).toEqual({ components: [1, 3], covariance: "diagonal", floor: 0.01 });
    expect(model.about!.parameters).toBe(leaves(model.flow).reduce((sum, { size }) => sum + size, 0));
    model.dispose();
    expect((await errorOf(fitTable(table, { ...small, components: 2 }))).message).toContain("the model realnvp takes no components");
    expect((await errorOf(fitTable(table, { model: "kde", floor: 1 }))).message).toContain("the model kde takes no floor");
    expect((await errorOf(fitTable(table, { model: "gmm", components: [0] }))).message).toContain(
      "components must be whole numbers from 1",
    );
  });

  it("finds columns by name, whatever their order and number; rows without names have the model's", async () => {
    const model = await fitTable(table, small);
    const [[bill, mass]] = table.rows as number[][] as unknown as [[number, number]];
    const own = await model.score([[bill, mass]]);
    expect(await model.score({ columns: ["mass", "flipper", "bill"], rows: [[mass, 0, bill]] })).toEqual(own);
    const missing = await errorOf(model.score({ name: "new.csv", columns: ["mass", "wing"], rows: [[1, 2]] }));
    expect(missing.message).toBe("new.csv: the model wants bill, which is not there. The columns are mass, wing.");
    expect(missing.details).toEqual({ missing: ["bill"], known: ["mass", "wing"] });
    expect((await errorOf(model.score([[1, 2, 3]]))).text).toContain("got rows of shape [3]");
    model.dispose();
  });

  it("takes what parseCsv gives, and the same seed gives the same model", async () => {
    const csv = parseCsv(`kind,a,b\n${(table.rows as number[][]).map((row) => `x,${row}`).join("\n")}`);
    const [one, two, other] = [await fitTable(csv, small), await fitTable(csv, small), await fitTable(csv, { ...small, seed: 4 })];
    expect(one.columns).toEqual(["a", "b"]);
    expect(one.about!.testNll).toBe(two.about!.testNll);
    expect(one.about!.testNll).not.toBe(other.about!.testNll);
    for (const model of [one, two, other]) model.dispose();
  });

  it("tells the start and the steps, in the table's units", async () => {
    const starts: FitStart[] = [];
    const steps: StepReport[] = [];
    const model = await fitTable(table, { ...small, onStart: (start) => starts.push(start), onStep: (step) => steps.push(step) });
    const { about } = model;
    expect(starts).toEqual([{ model: "realnvp", parameters: about!.parameters, columns: table.columns, rows: about!.rows, floor: null }]);
    const { step, validationNll, loss } = steps.at(-1)!;
    expect(validationNll).toBeCloseTo(about!.curve.validation[about!.curve.at.indexOf(step - 1)]!, 10);
    expect(Math.abs(loss - about!.trainNll!)).toBeLessThan(0.5);
    model.dispose();
  });

  it("knows how far above the floor it is on a toy, and takes test rows from elsewhere", async () => {
    const toy = toyData("toy:two-blobs?n=200", { seed: 0 });
    const model = await fitTable(toy, { model: "affine", steps: 200, test: toyData("toy:two-blobs?n=50", { seed: 9 }) });
    expect(model.about!.rows).toEqual({ train: 180, validation: 20, test: 50 });
    expect(model.about!.natsAboveFloor).toBeGreaterThan(0);
    expect(model.about!.natsAboveFloor).toBeLessThan(1);
    const flags = outlierDetectorOf(model, 0.05).flags((await model.score([[100, 100]])).map((logProb) => -logProb));
    expect(Array.from(flags)).toEqual([1]);
    model.dispose();
  });

  it("does not split fewer than 20 rows unasked, and fits in the table's units where it is raw", async () => {
    const few = { columns: ["a"], rows: (table.rows as number[][]).slice(0, 12).map(([bill]) => [bill!]) };
    const model = await fitTable(few, { model: "affine", steps: 5, raw: true });
    expect(model.about).toMatchObject({ rows: { train: 12, validation: 0, test: 0 }, testNll: null, raw: true });
    expect(model.table.columns[0]).toEqual({ name: "a", support: "real", shift: 0, scale: 1 });
    const measure = (): unknown => outlierDetectorOf(model, 0.1);
    expect(measure).toThrow("affine: it keeps no log-densities of test rows");
    expect((await errorOf(compareModels([model], few, { folds: 20 }))).text).toContain("12 rows are too few for 20 folds");
    model.dispose();
  });

  it.each<[what: string, table: TableData, options: TableOptions, code: string, text: string]>([
    ["no rows", { ...table, rows: [] }, {}, "data", "there are 0 rows, at least 2 are needed"],
    ["one row", { ...table, rows: [[1, 2]] }, {}, "data", "there is 1 row, at least 2 are needed"],
    ["a constant column", { ...table, rows: [[1, 2], [2, 2], [3, 2]] }, {}, "data", 'column "mass" is constant at 2'], // biome-ignore format: a table
    ["a cell that is not finite", { ...table, rows: [[1, 2], [2, Number.NaN], [3, 2]] }, {}, "data", 'column "mass" holds a value that is not finite'], // biome-ignore format: a table
    ["another width", { ...table, columns: ["a", "b", "c"] }, {}, "shape", "3 columns have names (a, b, c), got rows of shape [2]"],
    ["one name twice", { ...table, columns: ["a", "a"] }, {}, "data", 'two columns are called "a"'],
    ["no name", { ...table, columns: ["a", ""] }, {}, "data", "a column has no name"],
    ["an unknown option", table, { stepz: 3 } as TableOptions, "config", "there is no option stepz. Known: model, layers"],
    ["an unknown model", table, { model: "glow" }, "config", 'there is no model "glow". Known: realnvp'],
    ["steps and epochs", table, { steps: 1, epochs: 1 }, "config", "give steps or epochs, not both"],
    ["steps of a KDE", table, { model: "kde", steps: 1 }, "config", "the model kde takes no steps: it is not trained by steps"],
    ["a network of an affine map", table, { model: "affine", hidden: [4] }, "config", "the model affine takes no hidden"],
    ["widths that are none", table, { hidden: [0] }, "config", "hidden must be whole numbers from 1"],
    ["rows without names", [[1, 2]] as unknown as TableData, {}, "data", "its columns have no names"],
    ["a raw that is no flag", table, { raw: "no" as unknown as boolean }, "config", "raw must be a boolean, got string"],
    ["no rows to train on", table, { validation: 0.5, test: 0.5 }, "config", "leave none to train on"],
    ["a share above 1", table, { test: 1.5 }, "config", "test must be a share from 0 to below 1"],
    ["a checkpoint that is none", table, { resume: new Uint8Array(3) }, "file", "The file is cut short or empty"],
  ])("refuses %s", async (_, data, options, code, text) => {
    const error = await errorOf(fitTable(data, options));
    expect([error.code, error.text]).toEqual([code, expect.stringContaining(text)]);
  });

  it("says in the details which option is off", async () => {
    expect((await errorOf(fitTable(table, { batch: 1 }))).details).toMatchObject({
      name: "batch",
      expected: expect.stringContaining("from 2"),
    });
    expect((await errorOf(fitTable(table, { model: "planar", activation: "tanh" }))).details).toEqual({
      model: "planar",
      option: "activation",
    });
  });

  it("a fit that is ended, or whose numbers are not finite, says after which step, and leaves nothing", async () => {
    const ended = new AbortController();
    const onStep = ({ step }: StepReport): void => {
      if (step >= 10) ended.abort();
    };
    const aborted = await errorOf(fitTable(table, { ...small, signal: ended.signal, onStep }));
    expect([aborted.code, aborted.details]).toEqual(["aborted", { step: 10 }]);
    const wild = await errorOf(fitTable(table, { ...small, learningRate: 1e30 }));
    expect([wild.code, wild.text]).toEqual([
      "nonfinite",
      expect.stringMatching(/stopped being finite after step \d+\. .*Lower the learning rate/),
    ]);
    expect(wild.details).toMatchObject({ step: expect.any(Number) });
  });
});

it("every option tells what it means", () => {
  for (const [name, { help }] of Object.entries(tableOptions)) expect(help, name).toMatch(/^[A-Z].*\.$/);
});
