import { cpu } from "@flows/backend-cpu";
import { affine, realNvp } from "@flows/bijectors";
import type { Table } from "@flows/core";
import { type BackendHandle, chain, fit, flow, invert, normal, useBackend } from "@flows/core";
import { type Data, type Model, numbered, toyData } from "@flows/tables";
import { memory } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildReport } from "./build-report.js";

const names = ({ figures }: Awaited<ReturnType<typeof buildReport>>): string[] => figures.map(({ name }) => name);

describe("buildReport", () => {
  let handle: BackendHandle;
  let model: Model;
  const data: Data = toyData("toy:ring?n=300", { seed: 1 });
  const table: Table = { columns: numbered(2).map((name) => ({ name, support: "real", shift: 0, scale: 1 })) };
  beforeAll(async () => {
    handle = await useBackend(cpu());
    model = { flow: realNvp({ features: 2, layers: 2, hidden: [8] }), table, about: undefined };
    await fit(model.flow, data.rows, { steps: 20, learningRate: 3e-3 });
  });
  afterAll(() => {
    model.flow.dispose();
    handle.dispose();
  });

  it("judges a model that was fitted without the command line, and leaves nothing", async () => {
    const before = memory().numTensors;
    const built = await buildReport(model, data, { seed: 2 });
    expect(names(built)).toEqual(["density", "samples", "latents", "calibration", "outliers", "grid", "layers"]);
    for (const { svg } of built.figures) expect(built.html).toContain(svg);
    expect(built.html).toContain("flow on toy:ring?n=300");
    expect(built.html).toContain("The model file says nothing of its fit");
    expect(memory().numTensors).toBe(before);
  }, 60_000);

  it("draws the same figures from the same seed, and others from another", async () => {
    const [once, again, other] = [
      await buildReport(model, data),
      await buildReport(model, data, { seed: 0 }),
      await buildReport(model, data, { seed: 5 }),
    ];
    expect(again.figures).toEqual(once.figures);
    expect(other.figures).not.toEqual(once.figures);
  }, 60_000);

  it("names a file without its folders", async () => {
    const built = await buildReport(model, { ...data, name: "/data/rings/ring.csv", truth: undefined });
    expect(built.html).toContain("flow on ring.csv");
    expect(built.html).not.toContain("/data/rings");
  });

  it("draws a column by curves, and opens inversions in the map", async () => {
    const rows = { data: Float64Array.from({ length: 40 }, (_, i) => i / 20), shape: [40, 1] } as const;
    const bijector = chain([affine({ features: 1 }), invert(affine({ features: 1 }))]);
    const one = {
      flow: flow({ base: normal({ features: 1 }), bijector }),
      table: { columns: table.columns.slice(0, 1) },
      about: undefined,
    };
    const built = await buildReport(one, { name: "one", columns: ["x1"], rows, truth: undefined, leftOut: [] });
    expect(names(built)).toEqual(["density", "latents", "calibration", "outliers", "map"]);
    expect(built.html).toContain("2 layers");
    one.flow.dispose();
  });

  it("stops when it is told to", async () => {
    await expect(buildReport(model, data, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "aborted" });
  });
});
