import { describe, expect, it } from "vitest";
import type { Result } from "../race/lane.js";
import type { Goal, Task } from "../workload.js";
import { ratiosOf } from "./ratios.js";
import { type Row, rowsOf } from "./row.js";
import { rowsTable } from "./rows-table.js";

const taskOf = (name: string, goals: readonly Goal[] = []): Task => ({
  name,
  title: "",
  kind: "k",
  door: "step",
  unit: "step",
  flops: 4e6,
  spec: {},
  value: { name: "NLL", tolerance: 0.1 },
  inputs: {},
  goals,
});

const result = (name: string, threads: number, times: readonly number[], more: Partial<Result> = {}): Result => ({
  entry: { name, threads, ours: name.startsWith("flows"), program: "", args: [] },
  task: taskOf(name.endsWith("matMul") ? "w6" : "w1"),
  times,
  value: 2,
  peakMb: 100,
  otherCores: 0,
  ...more,
});

const results = [
  result("flows wasm matMul", 1, [0.1, 0.2], { value: undefined }),
  result("flows wasm step", 1, [0.2, 0.4, 0.3]),
  result("flows wasm step", 2, [0.125, 0.2]),
  result("jax jit", 1, [0.5], { value: 2.05 }),
  result("jax scan", 1, [0.4], { value: 2.2 }),
  result("torch eager", 1, [1], { value: undefined, otherCores: 0.5 }),
];

describe("rows", () => {
  const rows = rowsOf(results, true);
  const of = (name: string, threads = 1): Row => rows.find((row) => row.implementation === name && row.threads === threads)!;

  it("hold minima, medians and rates at the minimum", () => {
    expect(of("flows wasm step")).toMatchObject({ minMs: 0.2, medianMs: 0.3, blocks: 3, gflops: 20, machineFraction: 0.5 });
    expect(of("flows wasm step", 2).machineFraction).toBeCloseTo(0.4, 12);
    expect(of("jax jit").machineFraction).toBeNull();
  });

  it("tell who came to another result, and whose time was disturbed", () => {
    expect(rows.map(({ agrees }) => agrees)).toEqual([null, true, true, true, false, null]);
    expect(rows.map(({ quiet }) => quiet)).toEqual([true, true, true, true, true, false]);
    const notes = rowsTable(rows).rows.map((cells) => cells.at(-1));
    expect(notes).toEqual(["", "", "", "", "OTHER RESULT", "machine not idle"]);
  });

  it("are quiet as the machine was before, where the system does not tell more", () => {
    for (const idle of [true, false]) expect(rowsOf([result("tfjs cpu", 1, [1], { otherCores: undefined })], idle)[0]!.quiet).toBe(idle);
  });
});

it("ratios are of minima at the best thread count, with goals first and each peer once", () => {
  const goals: Goal[] = [
    { door: "step", over: ["jax jit", "jax scan"], atMost: 0.3 },
    { door: "step", over: ["torch eager"], atMost: 0.2 },
    { door: "step", over: ["nobody"], atMost: 0.1 },
    { door: "step", over: ["jax scan"], atMost: 0.1 },
    { door: "step", threads: 1, machineFraction: 0.8 },
  ];
  const ratios = ratiosOf(taskOf("w1", goals), rowsOf(results, true));
  expect(ratios.map(({ over, goal, reached }) => [over, goal, reached])).toEqual([
    ["best of jax jit, jax scan", "at most 0.3", false],
    ["torch eager", "at most 0.2", true],
    ["jax scan", "at most 0.156 (0.8 of matMul; 0.1)", false],
    ["matrix products", "at least 0.8", false],
    ["jax jit", "", null],
  ]);
  expect(ratios.map(({ value }) => value)).toEqual([0.3125, 0.125, 0.3125, 0.5, 0.25]);
});
