import { describe, expect, it } from "vitest";
import type { MapName } from "./generated/kernels.js";
import { testDevice } from "./testing/device.js";
import { numbers, ulp } from "./testing/numbers.js";

const { expm1, log1p } = Math;
const truth: Record<MapName, (x: number) => number> = {
  abs: Math.abs,
  ceil: Math.ceil,
  elu: (x) => (x > 0 ? x : expm1(x)),
  exp: Math.exp,
  expm1,
  floor: Math.floor,
  log: Math.log,
  log1p,
  neg: (x) => -x,
  reciprocal: (x) => 1 / x,
  relu: (x) => Math.max(x, 0),
  rsqrt: (x) => 1 / Math.sqrt(x),
  sigmoid: (x) => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x))),
  sign: Math.sign,
  softplus: (x) => Math.max(x, 0) + log1p(Math.exp(-Math.abs(x))),
  sqrt: Math.sqrt,
  square: (x) => x * x,
  tanh: Math.tanh,
};
const special = [
  0,
  -0,
  1,
  -1,
  Infinity,
  -Infinity,
  Number.NaN,
  1e-40,
  -1e-40,
  1e-45,
  1e30,
  -1e30,
  3e38,
  -3e38,
  88.7,
  -87.4,
  -95,
  -103,
  -105,
];
const ranges: readonly [number, number][] = [
  [-4, 4],
  [-1e-3, 1e-3],
  [-90, 88],
  [0, 1e4],
  [0.5, 1.5],
];

/** Largest distance in units of the last place; same infinities and NaN count 0. */
function worst(f: (x: number) => number, xs: Float32Array, ys: Float32Array): { ulps: number; at: number } {
  let found = { ulps: 0, at: 0 };
  xs.forEach((x, i) => {
    const wanted = f(x);
    const y = ys[i]!;
    if (Object.is(y, Math.fround(wanted)) || y === Math.fround(wanted)) return;
    const ulps = Number.isFinite(y - wanted) ? Math.abs(y - wanted) / ulp(wanted) : Infinity;
    if (ulps > found.ulps) found = { ulps, at: x };
  });
  return found;
}

describe.each([true, false])("maps, relaxed %s", async (relaxed) => {
  const { wasm, put, get } = await testDevice({ relaxed });
  const run = (name: MapName, xs: ArrayLike<number>): Float32Array => {
    const at = put(xs);
    wasm[name](at, at, xs.length);
    return get(at, xs.length);
  };

  it.each(Object.keys(truth) as MapName[])("%s is within 2.5 ulp and right at the edges", (name) => {
    for (const [low, high] of ranges) {
      const xs = numbers(20_000, low, high);
      expect(worst(truth[name], xs, run(name, xs)).ulps, `on ${low} .. ${high}`).toBeLessThanOrEqual(2.5);
    }
    const xs = Float32Array.from(special);
    expect(worst(truth[name], xs, run(name, xs)).ulps, "at the edges").toBeLessThanOrEqual(2.5);
  });

  it.each([1, 2, 3, 4, 5, 7])("writes %i numbers and no more", (n) => {
    const at = put(new Float32Array(12).fill(2));
    wasm.exp(at, at, n);
    expect([...get(at, 12)]).toEqual([...new Array(n).fill(Math.fround(Math.exp(2))), ...new Array(12 - n).fill(2)]);
  });

  it("takes settings: step, leakyRelu, clip, with NaN kept", () => {
    const xs = [-2, 0, 3, Number.NaN, 0.25];
    const through = (go: (at: number) => void): number[] => {
      const at = put(xs);
      go(at);
      return [...get(at, xs.length)];
    };
    expect(through((at) => wasm.step(at, at, 5, 0.5))).toEqual([0.5, 0.5, 1, Number.NaN, 1]);
    expect(through((at) => wasm.leakyRelu(at, at, 5, 0.25))).toEqual([-0.5, 0, 3, Number.NaN, 0.25]);
    expect(through((at) => wasm.clip(at, at, 5, -1, 1))).toEqual([-1, 0, 1, Number.NaN, 0.25]);
  });
});
