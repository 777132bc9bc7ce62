import { cpu } from "@flows/backend-cpu";
import { nll, parameterCount, score, useBackend } from "@flows/core";
import { afterAll, expect, it } from "vitest";
import { teller } from "../race/told.js";
import type { Told } from "../workload.js";
import { workloads } from "../workloads/index.js";
import { plainSpecs } from "../workloads/w1b.js";
import { modelOf } from "./model.js";
import { floatsOf, networksOf } from "./read.js";
import { flopsPerRow, type RealNvpSpec, weightsOf } from "./spec.js";
import { pairs } from "./training.js";

const tells = teller();
afterAll(() => tells.dispose());

const toldOf = (name: string): Told<RealNvpSpec> => {
  const found = workloads.flatMap((workload) => workload.tasks.map((task) => ({ workload, task }))).find(({ task }) => task.name === name)!;
  return tells.tell(found.workload, found.task) as Told<RealNvpSpec>;
};

it("counts the work of the anchors' workloads", () => {
  const flops = Object.fromEntries(workloads.flatMap(({ tasks }) => tasks.map((task) => [task.name, task.flops])));
  expect(flops.w1! / 1e6).toBeCloseTo(107, 0);
  expect(flops.w1b! / 1e6).toBeCloseTo(80.2, 1);
  expect(flops["w1b-one"]! / 1e6).toBeCloseTo(39.5, 1);
  expect(flops["w4-density"]! / 1e9).toBeCloseTo(10.4, 1);
  expect(flopsPerRow(plainSpecs.one)).toBe(6 * 2 * (64 + 64 * 64 + 64 * 2));
});

it("starts as the identity, or bent where the last layers count", () => {
  const flat = weightsOf(plainSpecs.one, 0);
  const network = flat.length / 6;
  expect(flat.subarray(network - 130, network).every((value) => value === 0)).toBe(true);
  expect(flat.subarray(0, 64).some((value) => value === 0)).toBe(false);
  expect(weightsOf(plainSpecs.one, 0.1).subarray(network - 130, network - 2)).not.toContain(0);
});

it("hands the numbers of a file to the model, layer by layer from the data", async () => {
  const backend = await useBackend(cpu());
  const told = toldOf("w4-density-one");
  const networks = networksOf(told);
  expect(networks.map(([network]) => network!.map(({ shape }) => shape))).toEqual(
    Array(6).fill([
      [1, 64],
      [64, 64],
      [64, 2],
    ]),
  );
  const model = modelOf(told);
  expect(parameterCount(model)).toBe(floatsOf(told, "weights").length);
  const points = floatsOf(told, "points").subarray(0, 20);
  const found = await score(model, pairs(points));
  const wanted = Array.from({ length: 10 }, (_, i) => byHand(networks, points[2 * i]!, points[2 * i + 1]!));
  for (const [i, value] of wanted.entries()) expect(found[i]).toBeCloseTo(value, 4);
  model.dispose();
  backend.dispose();
});

it("puts BatchNorm between couplings, and gives a Gaussian's NLL before training", async () => {
  const backend = await useBackend(cpu());
  const told = toldOf("w1");
  const model = modelOf(told);
  expect(parameterCount(model)).toBe(floatsOf(told, "weights").length + 7 * 4);
  expect(await nll(model, pairs(floatsOf(told, "rows")))).toBeCloseTo(Math.log(2 * Math.PI) + 1, 3);
  model.dispose();
  backend.dispose();
});

/** The log-density of one point, in float64 and loops. */
function byHand(networks: ReturnType<typeof networksOf>, x: number, y: number): number {
  const row = [x, y];
  let logDet = 0;
  networks.forEach(([network], turn) => {
    const [kept, moved] = [turn % 2, 1 - (turn % 2)];
    const [shift, raw] = network!.reduce<number[]>(
      (h, { weight, bias, shape: [, width] }, layer) =>
        Array.from(bias, (b, j) => h.reduce((sum, v, i) => sum + (layer > 0 ? Math.max(0, v) : v) * weight[i * width + j]!, b)),
      [row[kept]!],
    );
    row[moved] = (row[moved]! - shift!) * Math.exp(-Math.tanh(raw!));
    logDet -= Math.tanh(raw!);
  });
  return logDet - (row[0]! ** 2 + row[1]! ** 2) / 2 - Math.log(2 * Math.PI);
}
