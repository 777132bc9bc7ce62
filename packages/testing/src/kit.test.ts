import { float64 } from "@flows/backend-float64";
import { type BackendHandle, leaves, useBackend } from "@flows/core";
import { bias, defineBijector, scale, state, weight } from "@flows/core/author";
import { add, sum } from "@flows/core/ops";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { close } from "./close.js";
import { bijectorLaws, livePrecision, logAbsDet, shake, tolerances } from "./index.js";

const numbers = defineBijector("kit/numbers", (_config: {}) => ({
  params: { wide: weight([10_000, 1], { gain: 0 }), narrow: weight([4, 2500], { gain: 0 }), shift: bias([3]), log: scale([3]) },
  state: { variance: state([200], 1, "positive"), started: state([1], 1, "fixed") },
  forward: (z, p) => [add(z, sum(p.shift)), sum(p.log)],
  inverse: (x, p) => [x, sum(p.log)],
}));

describe("shake", () => {
  let handle: BackendHandle;
  beforeAll(async () => {
    handle = await useBackend(float64());
  });
  afterAll(() => handle.dispose());

  const shaken = async (seed?: number): Promise<Record<string, number[]>> => {
    const module = numbers({});
    await shake(module, seed);
    const entries = await Promise.all(leaves(module).map(async (leaf) => [leaf.path, Array.from(await leaf.read())] as const));
    module.dispose();
    return Object.fromEntries(entries);
  };
  const deviation = (values: readonly number[]): number => Math.sqrt(values.reduce((total, v) => total + v * v, 0) / values.length);

  it("moves each view by its role, keeps positives positive and fixed ones fixed", async () => {
    const { wide, narrow, shift, log, variance, started } = await shaken();
    expect(deviation(wide!)).toBeCloseTo(0.7 / 100, 3);
    expect(deviation(narrow!)).toBeCloseTo(0.35, 1);
    expect([...shift!, ...log!].every((v) => v !== 0)).toBe(true);
    expect(variance!.every((v) => v > 0 && v !== 1)).toBe(true);
    expect(started).toEqual([1]);
  });

  it("is its seed's, in numbers that float32 holds", async () => {
    expect(await shaken(5)).toEqual(await shaken(5));
    const [five, six] = [await shaken(5), await shaken(6)];
    expect(five.shift).not.toEqual(six.shift);
    expect(five.wide!.every((v) => Math.fround(v) === v)).toBe(true);
  });

  it("knows the live precision", async () => expect(await livePrecision()).toBe("float64"));
});

describe("the kit itself", () => {
  const laws = (except: Record<string, string>) => bijectorLaws(() => numbers({}), { event: [3], except });

  it("leaves out a law only by its name and for a reason", () => {
    const all = laws({}).map(({ name }) => name);
    expect(new Set(all).size).toBe(all.length);
    const fewer = laws({ "log-dets cancel": "both are the same here" }).map(({ name }) => name);
    expect(all.filter((name) => !fewer.includes(name))).toEqual(["log-dets cancel"]);
    expect(() => laws({ "log-dets cancle": "a typing error" })).toThrow(
      'except names no law: "log-dets cancle". Laws: inverse undoes forward;',
    );
    expect(() => laws({ "log-dets cancel": " " })).toThrow('except "log-dets cancel" needs a reason.');
  });

  it("takes determinants with pivots, and compares relative to 1 + |wanted|", () => {
    expect(
      logAbsDet([
        [0, 2],
        [-3, 5],
      ]),
    ).toBeCloseTo(Math.log(6), 14);
    expect(
      logAbsDet([
        [1, 2],
        [2, 4],
      ]),
    ).toBe(Number.NEGATIVE_INFINITY);
    expect(() => close("x", [1 + 1.9e-5, Number.NEGATIVE_INFINITY], [1, Number.NEGATIVE_INFINITY], 1e-5)).not.toThrow();
    expect(() => close("x", [0, 1 + 2.1e-5], [0, 1], 1e-5)).toThrow("x: number 1 is 1.000021, expected 1 within 0.00001 (1 + |1|)");
    expect(() => close("x", [Number.NaN], [Number.NaN], 1)).toThrow("number 0 is NaN");
    expect(() => close("x", [1], [1, 2], 1)).toThrow("1 numbers, expected 2");
  });

  it("has the table of the design", () => {
    expect(tolerances.float32).toMatchObject({ value: 2e-5, logDet: 1e-4, gradient: 1e-3 });
    expect([tolerances.float64.value, tolerances.closedForm.value]).toEqual([1e-10, 1e-12]);
  });
});
