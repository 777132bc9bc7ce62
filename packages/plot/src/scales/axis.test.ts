import { describe, expect, it } from "vitest";
import { placeAxis, settleAxis } from "./axis.js";
import { formatNumber } from "./format.js";

const labels = (domain: readonly [number, number], scale: "linear" | "log" = "linear") =>
  settleAxis({ domain, scale }, [], false, 300)
    .ticks.map(({ label }) => label)
    .filter((label) => label !== "");

describe("axes", () => {
  it("maps linear and log spans to pixels", () => {
    const linear = placeAxis(settleAxis({ domain: [-1, 3] }, [], false, 300), 0, 400);
    expect([-1, 0, 3].map(linear.map)).toEqual([0, 100, 400]);
    const log = placeAxis(settleAxis({ domain: [0.01, 100], scale: "log" }, [], false, 300), 400, 0);
    expect(log.map(1)).toBeCloseTo(200, 9);
    for (const value of [0, -1, Number.NaN]) expect(Number.isFinite(log.map(value))).toBe(false);
  });

  it("covers the finite data with a margin, and begins at zero where the data do", () => {
    const [low, high] = settleAxis({}, [[0, 5, Number.NaN, Number.POSITIVE_INFINITY], [10]], false, 300).domain;
    expect(low).toBe(0);
    expect(high).toBeCloseTo(10.45, 9);
    expect(settleAxis({}, [[1, 2]], true, 300).domain).toEqual([1, 2]);
    expect(settleAxis({ scale: "log" }, [[-1, 0, 10]], false, 300).domain[0]).toBeGreaterThan(0);
  });

  it("finds a span for no data, one value and huge values", () => {
    for (const values of [[], [0], [7], [1e-320], [-1e299, 1e299], [Number.MAX_VALUE]]) {
      for (const scale of ["linear", "log"] as const) {
        const { domain, ticks } = settleAxis({ scale }, [values], false, 300);
        expect(domain[0]).toBeLessThan(domain[1]);
        expect(ticks.length).toBeLessThan(200);
      }
    }
  });

  it("writes ticks that differ, with one number of decimals", () => {
    expect(labels([0, 1])).toEqual(["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
    expect(labels([-2000, 2000])).toEqual(["−2,000", "−1,000", "0", "1,000", "2,000"]);
    expect(labels([0.1, 1000], "log")).toEqual(["0.1", "1", "10", "100", "1,000"]);
    expect(labels([1e-6, 1], "log")).toEqual(["10⁻⁶", "10⁻⁵", "10⁻⁴", "10⁻³", "10⁻²", "10⁻¹", "10⁰"]);
    for (const domain of [
      [1e9, 1e9 + 4],
      [-3e-7, 3e-7],
      [1e12, 5e12],
    ] as const)
      expect(new Set(labels(domain)).size).toBe(labels(domain).length);
  });

  it("formats numbers for people", () => {
    expect(
      [0, 21504, 0.02345678, -1.5, 1.5e-7, 1234567.8, Number.NaN, Number.NEGATIVE_INFINITY].map((value) => formatNumber(value)),
    ).toEqual(["0", "21,504", "0.02346", "−1.5", "1.5×10⁻⁷", "1.235×10⁶", "not a number", "−∞"]);
  });
});
