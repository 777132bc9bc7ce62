import { accepts } from "@flows/acceptance";
import { cpu } from "@flows/backend-cpu";
import { wasm } from "@flows/backend-wasm";
import { lu, mlp, planar, realNvp } from "@flows/bijectors";
import { type BackendHandle, chain, type Distribution, flow, invert, normal, useBackend } from "@flows/core";
import { memory } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { oneByOne } from "../testing/one-by-one.js";
import { costReport } from "./cost-report.js";

let backend: BackendHandle;
beforeAll(async () => {
  backend = await useBackend(cpu());
});
afterAll(() => backend.dispose());

const over = (features: number, ...layers: Parameters<typeof chain>[0]): Distribution =>
  flow({ base: normal({ features }), bijector: chain(layers) });

async function costOf(model: Distribution) {
  const before = memory().numTensors;
  try {
    return await costReport(model);
  } finally {
    expect(memory().numTensors).toBe(before);
    model.dispose();
  }
}

describe("a coupling flow, K = 4, d = 6, h = 32", () => {
  it("costs 2 K (d/2 h + h² + h d) products a row each way, four network passes, and twice as much again for the gradient", async () => {
    const report = await costOf(realNvp({ features: 6, layers: 4, hidden: [32, 32] }));
    const products = 2 * 4 * (3 * 32 + 32 * 32 + 32 * 6);
    expect(report).toMatchObject({ networks: 4, warnings: [] });
    for (const way of [report.scoring, report.sampling]) {
      expect(way).toMatchObject({ networkPasses: 4, solved: 0 });
      // What is not a product: biases, activations and the affine map, a few for each unit.
      expect(way.flops).toBeGreaterThan(products);
      expect(way.flops).toBeLessThan(products + 4 * (6 * 32 + 20 * 6) + 20);
    }
    expect(report.training!.flops / report.scoring.flops).toBeGreaterThan(2.7);
    expect(report.training!.flops / report.scoring.flops).toBeLessThan(3.3);
    expect(report.bytes).toBe(4 * report.parameters);
    // A row's widest moment holds a hidden layer before and after its bias or activation.
    expect(report.scoring.bytes).toBeGreaterThanOrEqual(2 * 32 * 4);
    expect(report.training!.bytes).toBeGreaterThan(4 * 3 * 32 * 4);
  });
});

it("the textbook's model of a step, 2 K B (d h + h²), is 5e10 for its numbers, and the products that are counted", async () => {
  const model = (K: number, B: number, d: number, h: number): number => 2 * K * B * (d * h + h * h);
  accepts("004.139", { value: model(32, 32, 1e5, 256), expected: 5e10, tolerance: 0.5e10 });
  // Half of d in and all of it out where a network makes both shift and scale: 1.5 d h, and what is no product.
  const { scoring } = await costOf(realNvp({ features: 256, layers: 2, hidden: [32, 32] }));
  const ratio = scoring.flops / model(2, 1, 256, 32);
  expect(ratio).toBeGreaterThan(1.4);
  expect(ratio).toBeLessThan(1.7);
});

it("counts exactly what a linear map of 3 columns computes", async () => {
  const { scoring, sampling } = await costOf(over(3, lu({ features: 3 })));
  expect([sampling.networkPasses, scoring.networkPasses]).toEqual([0, 0]);
  // Two triangular products of 2 · 9, two diagonal ones and two sums of 3 each, the shift of 3, and scaling 3 by 1.
  expect(sampling.flops).toBeGreaterThanOrEqual(2 * 18 + 3 * 5);
  expect(sampling.flops).toBeLessThanOrEqual(2 * 18 + 3 * 10);
});

it("warns where sampling runs a network once a column", async () => {
  const report = await costOf(over(12, oneByOne({ network: mlp({ features: 12, hidden: [16], outputs: 12 }) })));
  expect([report.scoring.networkPasses, report.sampling.networkPasses]).toEqual([1, 12]);
  expect(report.warnings).toEqual([
    expect.stringMatching(/^Sampling takes 12 network passes a row, the other way 1. Where many rows are drawn, take/),
  ]);
  const turned = await costOf(over(12, invert(oneByOne({ network: mlp({ features: 12, hidden: [16], outputs: 12 }) }))));
  expect(turned.warnings).toEqual([expect.stringMatching(/^Scoring takes 12 network passes/)]);
});

it("warns where a way is solved numerically", async () => {
  const report = await costOf(over(2, invert(planar({ features: 2 })), invert(planar({ features: 2 }))));
  expect([report.scoring.solved, report.sampling.solved]).toEqual([0, 2]);
  expect(report.warnings).toEqual([
    expect.stringMatching(/^Sampling solves 2 layers numerically: [\d.]+ times the operations of the other way/),
  ]);
  expect(report.sampling.flops).toBeGreaterThan(5 * report.scoring.flops);
});

it("judges distributions that are no flows and train nothing", async () => {
  expect(await costOf(normal({ features: 3 }))).toMatchObject({ parameters: 0, networks: 0, training: null, scoring: { flops: 8 } });
});

it("counts the same on every backend, and with a context", async () => {
  const make = () => realNvp({ features: 4, layers: 2, hidden: [8], contextFeatures: 3 });
  const onCpu = await costOf(make());
  backend.dispose();
  backend = await useBackend(wasm());
  expect(await costOf(make())).toEqual(onCpu);
  expect(onCpu.scoring.networkPasses).toBe(2);
});
