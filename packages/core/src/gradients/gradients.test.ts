import "@tensorflow/tfjs";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gradientCases as cases } from "../testing/gradient-cases.js";
import { first, firstByDifferences, flat, second, secondByDifferences, slopes, values } from "../testing/slopes.js";
import { gradients, registerGradients } from "./index.js";

const names = gradients.map(({ kernelName }) => kernelName);
const union = new Map(names.flatMap((name) => (tf.getGradient(name) ? [[name, tf.getGradient(name)] as const] : [])));
const used = new Set<string>();
const noted = (config: tf.GradConfig): tf.GradConfig => ({
  ...config,
  gradFunc: (dy, saved, attrs) => {
    used.add(config.kernelName);
    return config.gradFunc(dy, saved, attrs);
  },
});
const ours = new Map(gradients.map((config) => [config.kernelName, noted(config)]));

function install(table: ReadonlyMap<string, tf.GradConfig>): void {
  for (const name of names) if (tf.getGradient(name)) tf.unregisterGradient(name);
  for (const config of table.values()) tf.registerGradient(config);
}
function withUnion<T>(f: () => T): T {
  install(union);
  try {
    return f();
  } finally {
    install(ours);
  }
}

function close(value: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(value.length).toBe(expected.length);
  for (const [i, e] of expected.entries())
    expect(Math.abs(value[i]! - e) / (1 + Math.abs(e)), `entry ${i}: ${value[i]}, wanted ${e}`).toBeLessThan(tolerance);
}

beforeAll(async () => {
  await tf.setBackend("cpu");
  install(ours);
});
afterAll(() => install(new Map([...ours, ...union])));

describe("the gradient table", () => {
  for (const c of cases) {
    it(`${c.name}: first derivative`, () => {
      if (c.truth === "differences") return close(first(c), firstByDifferences(c), 3e-3);
      close(first(c), c.truth ?? withUnion(() => first(c)), 2e-5);
    });
    if (c.second !== false) it(`${c.name}: second derivative`, () => close(second(c), secondByDifferences(c), 1e-2));
  }

  it.each([
    ["LogSoftmax", { axis: 1 }, "logits"],
    ["BroadcastTo", { inputShape: [2, 1], shape: [2, 3] }, "x"],
  ] as const)("%s, which no op reaches, is the union's", (name, attrs, key) => {
    const run = (config: tf.GradConfig): number[] => {
      const [dy, x] = [values([2, 3]), values([2, 3], -1, 1, 3)];
      return flat([
        config.gradFunc(dy, [...(config.inputsToSave?.length ? [x] : []), tf.logSoftmax(x)], attrs as unknown as tf.NamedAttrMap)[key]!(),
      ]);
    };
    close(run(ours.get(name)!), run(union.get(name)!), 1e-6);
  });

  it("was asked for every gradient", () => {
    for (const c of cases) first(c);
    expect(names.filter((name) => !used.has(name))).toEqual([]);
  });

  it("leaves no tensor behind", () => {
    for (const c of cases) {
      const before = tf.memory().numTensors;
      first(c);
      expect(tf.memory().numTensors, c.name).toBe(before);
    }
  });

  it("refuses a gather with batches", () => {
    const f = (x: tf.Tensor): tf.Tensor => tf.gather(x, tf.tensor2d([[0], [1]], [2, 1], "int32"), 1, 1);
    expect(() => slopes(f, [values([2, 3])])).toThrow("batchDims 0 only, got 1");
  });

  it("keeps a gradient that somebody else registered", () => {
    const other: tf.GradConfig = { kernelName: "Exp", gradFunc: () => ({}) };
    install(new Map([["Exp", other]]));
    registerGradients();
    expect(tf.getGradient("Exp")).toBe(other);
    expect(tf.getGradient("Log")).toBe(gradients.find(({ kernelName }) => kernelName === "Log"));
    install(ours);
  });
});
