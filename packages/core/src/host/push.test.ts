import { cpu } from "@flows/backend-cpu";
import { memory } from "@tensorflow/tfjs-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { useBackend } from "../backend/use-backend.js";
import type { BackendHandle, Bijector, Distribution } from "../contracts/index.js";
import { flow } from "../distributions/flow.js";
import { normal } from "../distributions/normal.js";
import { chain } from "../maps/chain.js";
import { invert } from "../maps/invert.js";
import { reseed } from "../modules/leaves.js";
import { normals } from "../random/index.js";
import { affine, bend, exponential, shifted } from "../testing/acme.js";
import { draw } from "./draw.js";
import { latents, stages } from "./latents.js";
import { push } from "./push.js";
import { score } from "./score.js";
import { summary } from "./summary.js";

const z = { data: normals(3, 0, 70, 2), shape: [70, 2] } as const;
const close = (a: ArrayLike<number>, b: ArrayLike<number>): void => {
  expect(a.length).toBe(b.length);
  for (let i = 0; i < a.length; i++) expect(a[i]).toBeCloseTo(b[i]!, 4);
};

describe("rows through maps", () => {
  let handle: BackendHandle;
  let model: Distribution;
  let map: Bijector;
  let before = 0;
  beforeAll(async () => {
    handle = await useBackend(cpu());
  });
  afterAll(() => handle.dispose());
  beforeEach(() => {
    before = memory().numTensors;
    map = chain([bend({ hidden: 5 }), invert(chain([affine({ features: 2 }), bend({ hidden: 3 })])), exponential({ features: 2 })]);
    model = flow({ base: normal({ features: 2 }), bijector: map });
    reseed(model, 3);
  });
  afterEach(() => {
    model.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it("there and back give the rows, and log-dets that cancel, chunk by chunk", async () => {
    const there = await push(map, z);
    expect(there.rows.shape).toEqual([70, 2]);
    expect(await push(map, z, "forward", { chunk: 16 })).toEqual(there);
    const back = await push(map, there.rows, "inverse");
    close(back.rows.data, z.data);
    close(
      back.logDet,
      there.logDet.map((value) => -value),
    );
    expect(there.logDet.some((value) => Math.abs(value) > 0.01)).toBe(true);
    expect((await push(map, { data: new Float32Array(0), shape: [0, 2] })).logDet.length).toBe(0);
  });

  it("latents are the noise of samples, and give their log-density with the log-det", async () => {
    const samples = await draw(model, 70, { seed: 3 });
    const noise = await latents(model, samples, { chunk: 32 });
    expect(noise.shape).toEqual([70, 2]);
    close(noise.data, normals(3, 0, 70, 2));
    const { logDet } = await push(map, samples, "inverse");
    const base = await score(model.children.base as Distribution, noise);
    close(
      await score(model, samples),
      base.map((value, i) => value + logDet[i]!),
    );
  });

  it("stages open chains and inversions, and end where the map ends", async () => {
    const found = await stages(model, z);
    expect(found.map(({ type }) => type)).toEqual(["acme/bend", "acme/bend", "acme/affine", "acme/exponential"]);
    close(found.at(-1)!.rows.data, (await push(map, z)).rows.data);
    expect(summary(model).layers.map(({ path, inverted }) => [path, inverted])).toEqual([
      ["bijector.bijectors.0", false],
      ["bijector.bijectors.1.bijector.bijectors.1", true],
      ["bijector.bijectors.1.bijector.bijectors.0", true],
      ["bijector.bijectors.2", false],
    ]);
    expect(await stages(model.children.base as Distribution, z)).toEqual([]);
  });

  it("hands the context to those who want one", async () => {
    const conditional = flow({
      base: normal({ features: 2 }),
      bijector: chain([affine({ features: 2 }), shifted({ features: 2, contextFeatures: 2 })]),
    });
    const context = [[1, -2]];
    const one = await push(conditional.children.bijector as Bijector, [[0, 0]], "forward", { context });
    close((await stages(conditional, [[0, 0]], { context })).at(-1)!.rows.data, one.rows.data);
    close((await latents(conditional, one.rows, { context })).data, [0, 0]);
    await expect(latents(conditional, [[0, 0]])).rejects.toMatchObject({ code: "context" });
    conditional.dispose();
  });

  it.each([
    ["what is no bijector", () => push(model as never, z), "config", /expected a bijector/],
    ["a distribution without a map", () => latents(model.children.base as Distribution, z), "config", /flows\/normal has no map to noise/],
    ["rows of another width", () => push(map, [[1, 2, 3]]), "shape", /2/],
    ["a cell that is not finite", () => push(map, [[1, Number.NaN]]), "data", /row 0, column 1/],
    ["a context that nobody wants", () => push(map, z, "forward", { context: [[1]] }), "context", /without a context/],
    ["an abort", () => latents(model, z, { signal: AbortSignal.abort() }), "aborted", /latents: stopped/],
  ])("refuses %s", async (_, work, code, message) => {
    const error = await work().catch((fault: unknown) => fault);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
  });
});
