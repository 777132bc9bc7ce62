import { cpu } from "@flows/backend-cpu";
import { type BackendHandle, useBackend } from "@flows/core";
import { uniforms } from "@flows/core/author";
import { memory } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pairs, samplesOf } from "../testing/pairs.js";
import { normalRows } from "../testing/rejections.js";
import { c2st } from "./c2st.js";
import published from "./fixtures/sbi-c2st.json" with { type: "json" };

const points = (values: readonly number[]) => values.map((value) => [value]);
const line = points([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
const coins = (p: number, seed: number) => points(Array.from(uniforms(seed, 0, 300, 1, "dataset"), (u) => Number(u < p)));
const neighbours = { classifier: "neighbours" } as const;

describe("the vote of neighbours", () => {
  it("is 1 for samples that lie apart, with a warning that says what to do, and about a half for equal ones", async () => {
    const far = await c2st(line, points(line.map(([value]) => value! + 100)), neighbours);
    expect([far.accuracy, far.pValue]).toEqual([1, 1 / 200]);
    expect(far.warnings[0]).toMatch(/without one error.*Look for a column in other units/);
    const same = await c2st(normalRows(300, 2, 1), normalRows(300, 2, 2), neighbours);
    expect(Math.abs(same.accuracy - 0.5)).toBeLessThan(0.08);
    expect(same.warnings).toEqual([]);
  });

  it("counts all that are equally near: coins of 0.1 and 0.9 are told in 9 of 10 throws, in any order of the rows", async () => {
    const [a, b] = [coins(0.1, 1), coins(0.9, 2)];
    const { accuracy, pValue } = await c2st(a, b, neighbours);
    expect(Math.abs(accuracy - 0.9)).toBeLessThan(0.04);
    expect(pValue).toBe(1 / 200);
    expect((await c2st([...a].reverse(), [...b].sort(), neighbours)).accuracy).toBe(accuracy);
    expect((await c2st(a, coins(0.1, 3), neighbours)).pValue).toBeGreaterThan(0.05);
  });
});

describe("the network", () => {
  let backend: BackendHandle;
  beforeAll(async () => {
    backend = await useBackend(cpu());
  });
  afterAll(() => backend.dispose());

  it.each(published.pairs.map((pair, i) => ({ ...pair, i })).filter(({ quick }) => quick))(
    "tells $name as sbi's does on the same rows, within 0.02 of what its seeds say",
    async ({ i, accuracies }) => {
      const { accuracy } = await c2st(...samplesOf(pairs[i]!, 1000, i), { seed: 2 });
      expect(accuracy).toBeGreaterThan(Math.min(...accuracies) - 0.02);
      expect(accuracy).toBeLessThan(Math.max(...accuracies) + 0.02);
    },
    60_000,
  );

  it("gives the same from the same seed, and leaves nothing", async () => {
    const before = memory().numTensors;
    const [a, b] = [coins(0.1, 1), coins(0.9, 2)];
    const once = await c2st(a, b, { seed: 3 });
    expect(await c2st(a, b, { seed: 3 })).toEqual(once);
    expect(Math.abs(once.accuracy - 0.9)).toBeLessThan(0.04);
    expect(memory().numTensors).toBe(before);
  });

  it("balances samples of other sizes: 40 equal rows among 400 are no better told than a coin falls", async () => {
    const { accuracy, pValue } = await c2st(normalRows(40, 2, 1), normalRows(400, 2, 1, 40));
    expect(Math.abs(accuracy - 0.5)).toBeLessThan(0.12);
    expect(pValue).toBeGreaterThan(0.05);
  });

  it("rejects equal samples of 20 rows no more often than it says, in 40 repetitions", async () => {
    let rejected = 0;
    for (let seed = 0; seed < 40; seed++)
      if ((await c2st(normalRows(20, 1, seed), normalRows(20, 1, seed, 20), { seed })).pValue <= 0.05) rejected++;
    // Binomial: more than 6 have probability 0.003.
    expect(rejected).toBeLessThanOrEqual(6);
  }, 60_000);

  it("stops when it is told to, and refuses what is no classifier", async () => {
    await expect(c2st(line, line, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "aborted" });
    await expect(c2st(line, line, { classifier: "forest" as "network" })).rejects.toThrow(/one of network/);
    await expect(c2st(line, line, { ...neighbours, permutations: 5 })).rejects.toThrow(/permutations must be a whole number from 19/);
    await expect(c2st(line.slice(1), line)).rejects.toThrow(/c2st: the first sample: 9 rows came, at least 10/);
  });
});
