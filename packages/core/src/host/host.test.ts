import { cpu } from "@flows/backend-cpu";
import { memory } from "@tensorflow/tfjs-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { useBackend } from "../backend/use-backend.js";
import type { BackendHandle, Distribution } from "../contracts/index.js";
import { flow } from "../distributions/flow.js";
import { normal } from "../distributions/normal.js";
import { uniform } from "../distributions/uniform.js";
import { chain } from "../maps/chain.js";
import { leaves, reseed } from "../modules/leaves.js";
import { normals } from "../random/index.js";
import { affine, bend, centre, exponential, shifted } from "../testing/acme.js";
import { condition } from "./condition.js";
import { draw } from "./draw.js";
import { gradLogProb } from "./grad-log-prob.js";
import { initialise } from "./initialise.js";
import type { Rows } from "./rows.js";
import { score } from "./score.js";
import { summary } from "./summary.js";

const rowsOf = (n: number, width = 2): Rows => ({ data: normals(5, 0, n, width), shape: [n, width] });
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "nothing",
    (error: { code?: string; message: string }) => `${error.code} ${error.message}`,
  );

describe("host functions", () => {
  let handle: BackendHandle;
  let model: Distribution;
  let before = 0;
  beforeAll(async () => {
    handle = await useBackend(cpu());
  });
  afterAll(() => handle.dispose());
  beforeEach(() => {
    before = memory().numTensors;
    model = flow({ base: normal({ features: 2 }), bijector: chain([bend({ hidden: 5 }), affine({ features: 2 })]) });
    reseed(model, 3);
  });
  afterEach(() => {
    model.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it("scores and draws the same numbers whatever the chunk, and as the flow does", async () => {
    const rows = rowsOf(101);
    const all = await score(model, rows);
    for (const chunk of [1, 7, 100, 101]) expect(await score(model, rows, { chunk })).toEqual(all);
    const drawn = await draw(model, 50, { seed: 9 });
    expect(drawn.seed).toBe(9);
    expect((await draw(model, 50, { seed: 9, chunk: 8 })).data).toEqual(drawn.data);
    expect((await draw(model, 20, { seed: 9, first: 30 })).data).toEqual(drawn.data.slice(60));
    const sample = model.sample(50, { seed: 9 });
    expect(sample.dataSync()).toEqual(drawn.data);
    sample.dispose();
    expect((await score(model, [])).length).toBe(0);
    expect((await draw(model, 0)).shape).toEqual([0, 2]);
  });

  it("a lower temperature draws nearer the middle, 0 draws the mode's rows", async () => {
    const cold = await draw(model, 2, { seed: 1, temperature: 0 });
    expect(cold.data.slice(0, 2)).toEqual(cold.data.slice(2));
    expect(await codeOf(draw(model, 2, { temperature: -1 }))).toContain("config draw: temperature must be a finite number of at least 0");
  });

  it("gives the gradient of the log-density, as differences do", async () => {
    const rows: Rows = { data: Float32Array.of(0.3, -0.2, 1.1, 0.4), shape: [2, 2] };
    const { data, shape } = await gradLogProb(model, rows, { chunk: 1 });
    expect(shape).toEqual([2, 2]);
    for (const i of data.keys()) {
      const moved = (by: number): Rows => ({ data: rows.data.map((v, j) => (i === j ? v + by : v)), shape: [2, 2] });
      const at = Math.floor(i / 2);
      const difference = ((await score(model, moved(0.01)))[at]! - (await score(model, moved(-0.01)))[at]!) / 0.02;
      expect(data[i]).toBeCloseTo(difference, 2);
    }
  });

  it("refuses bad rows, and says which cell", async () => {
    expect(await codeOf(score(model, [[1, 2, 3]]))).toBe("shape score: flows/flow takes rows of shape [2], got rows of shape [3].");
    expect(await codeOf(score(model, [[1, 2], [3]]))).toContain("shape score: expected 2 numbers in every row, got 1 in row 1");
    expect(
      await codeOf(
        score(model, [
          [1, 2],
          [3, Number.NaN],
        ]),
      ),
    ).toContain("data score: row 1, column 1 is NaN");
    expect(await codeOf(score(model, [[1, Number.POSITIVE_INFINITY]]))).toContain("row 0, column 1 is Infinity");
    expect(await codeOf(score(model, [[1e39, 0]]))).toContain("row 0, column 0 is 1e+39, too large for float32");
    expect(await codeOf(score(model, [[1, null as never]]))).toContain("row 0, column 1 is null, not a number");
    expect(await codeOf(score(model, { data: new Float32Array(3), shape: [2, 2] }))).toContain("hold 4 numbers, got 3");
    expect(await codeOf(score(model, "rows" as never))).toContain("data score: expected rows as number[][]");
    expect(await codeOf(score({} as never, [[1, 2]]))).toContain("config score: expected a flow");
    expect(await codeOf(score(model, [[1, 2]], { chunk: 0 }))).toContain("chunk must be a whole number from 1");
    expect(await codeOf(draw(model, -1))).toContain("config draw: n must be a whole number from 0");
    expect(await codeOf(draw(model, 1, { seed: 0.5 }))).toContain("config draw: seed must be an integer");
    expect(await codeOf(score(model, rowsOf(9), { signal: AbortSignal.abort() }))).toContain("aborted score");
  });

  it("names the layer, the row and the direction of a NaN, and lets -Infinity pass", async () => {
    const maps = chain([affine({ features: 2 }), exponential({ features: 2 }), affine({ features: 2 })]);
    const positive = flow({ base: normal({ features: 2 }), bijector: maps });
    const bad = await codeOf(
      score(positive, [
        [5, 5],
        [-5, 5],
      ]),
    );
    expect(bad).toMatch(/^nonfinite bijector.bijectors.1 \(acme\/exponential\): inverse gave .* for row 1/);
    expect(await codeOf(gradLogProb(positive, [[-5, 5]]))).toContain("bijector.bijectors.1 (acme/exponential)");
    leaves(positive)
      .find(({ path }) => path === "bijector.bijectors.0.logScale")!
      .write(Float32Array.of(5, 5));
    expect(await codeOf(draw(positive, 100, { seed: 1, chunk: 10 }))).toMatch(
      /nonfinite bijector.bijectors.1 .*: forward gave .* for row \d+/,
    );
    positive.dispose();
    const box = uniform({ features: 2 });
    expect(
      Array.from(
        await score(box, [
          [0.5, 0.5],
          [2, 0.5],
        ]),
      ),
    ).toEqual([0, Number.NEGATIVE_INFINITY]);
    box.dispose();
  });

  it("checks contexts, takes one row for all, and conditions on a row", async () => {
    const given = flow({
      base: normal({ features: 2 }),
      bijector: chain([shifted({ features: 2, contextFeatures: 1 }), affine({ features: 2 })]),
    });
    const rows = rowsOf(5);
    const tiled = await score(given, rows, { context: [[3], [3], [3], [3], [3]] });
    expect(await score(given, rows, { context: [[3]], chunk: 2 })).toEqual(tiled);
    const view = given.condition([3]);
    expect(view.contextFeatures).toBe(0);
    expect(await score(view, rows)).toEqual(tiled);
    expect((await draw(view, 4, { seed: 2 })).data).toEqual((await draw(given, 4, { seed: 2, context: [[3]] })).data);
    view.dispose();
    expect(await score(given, rows, { context: [[3]] })).toEqual(tiled);
    expect(() => condition(given, [1, 2])).toThrow("expected a context of 1 numbers a row");
    expect(() => condition(model, [1])).toThrow("was built without a context");
    expect(await codeOf(score(given, rows))).toContain("context score: flows/flow was built with contextFeatures 1, but got no context");
    expect(await codeOf(score(model, rows, { context: [[1]] }))).toContain(
      "context score: flows/flow was built without a context, but got one",
    );
    expect(await codeOf(score(given, rows, { context: [[1], [2]] }))).toContain("expected 1 or 5 rows of context, got 2");
    expect(await codeOf(score(given, rows, { context: [[Number.NaN]] }))).toContain("the context's row 0, column 0 is NaN");
    given.dispose();
    expect(await codeOf(score(given, rows))).toContain("disposed flows/flow");
  });

  it("names the layer of a NaN under a context too", async () => {
    const maps = chain([affine({ features: 2 }), shifted({ features: 2, contextFeatures: 1 }), exponential({ features: 2 })]);
    const given = flow({ base: normal({ features: 2 }), bijector: maps });
    expect(
      await codeOf(
        score(
          given,
          [
            [1, 1],
            [-1, 1],
          ],
          { context: [[2]] },
        ),
      ),
    ).toContain("bijector.bijectors.2 (acme/exponential): inverse");
    leaves(given)
      .find(({ path }) => path.endsWith("w"))!
      .write(Float32Array.of(1e30, 1e30));
    expect(await codeOf(draw(given, 3, { context: [[9e30]] }))).toContain("bijector.bijectors.1 (acme/shifted): forward");
    given.dispose();
  });

  it("starts layers from data, once", async () => {
    const centred = flow({ base: normal({ features: 2 }), bijector: chain([affine({ features: 2 }), centre({ features: 2 })]) });
    const middle = () =>
      leaves(centred)
        .find(({ path }) => path.endsWith("middle"))!
        .read();
    await initialise(centred, [
      [1, 2],
      [3, 6],
    ]);
    expect(Array.from(await middle())).toEqual([2, 4]);
    await initialise(centred, [[9, 9]]);
    expect(Array.from(await middle())).toEqual([2, 4]);
    centred.dispose();
  });

  it("sums a model up as plain data", () => {
    const found = summary(model);
    expect(found).toMatchObject({
      type: "flows/flow",
      eventShape: [2],
      parameters: 19,
      state: 0,
      base: { type: "flows/normal", parameters: 0 },
    });
    expect(found.layers).toEqual([
      { path: "bijector.bijectors.0", type: "acme/bend", parameters: 15, analytic: "both", inverted: false },
      { path: "bijector.bijectors.1", type: "acme/affine", parameters: 4, analytic: "both", inverted: false },
    ]);
    expect(found.programs!.inverse.lowers).toBe(false);
    expect(found.programs!.inverse.stretches[0]).toMatchObject({
      type: "acme/affine",
      module: "bijector.bijectors.1",
      why: "acme/affine has no lowering",
    });
  });
});

describe("without a backend", () => {
  it("host functions say how to get one", async () => {
    const live = await useBackend(cpu());
    const model = normal({ features: 1 });
    live.dispose();
    expect(await codeOf(score(model, [[1]]))).toBe("backend flows/normal: No backend is ready. Call useBackend(wasm()) first.");
  });
});
