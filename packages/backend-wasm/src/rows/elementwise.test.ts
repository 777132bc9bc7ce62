import { type Direction, elementwiseSpec, type MapName, stepOf } from "@flows/core/author";
import { describe, expect, it } from "vitest";
import { asRowKernel } from "../testing/as-row-kernel.js";
import { testDevice } from "../testing/device.js";
import { numbers, ulp } from "../testing/numbers.js";

/** log(1 - e^-x) */
const rest = (x: number): number => (x > 1 ? Math.log1p(-Math.exp(-x)) : Math.log(-Math.expm1(-x)));
const soft = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

describe.each([true, false])("elementwise, relaxed %s", async (relaxed) => {
  const kernel = asRowKernel(await testDevice({ relaxed }), elementwiseSpec);
  const run = (map: MapName, direction: Direction, xs: Float32Array) => {
    const arrays = () => new Float32Array(xs.length);
    const frame = { reads: [xs], writes: [arrays()], params: [], logDet: arrays() };
    const adjoint = { reads: [arrays()], writes: [arrays().fill(1)], params: [], logDet: arrays().fill(1) };
    const step = stepOf(elementwiseSpec, { rows: [1], attrs: { map, direction, slope: 0.1 } });
    kernel.forward(frame, step, 0, xs.length);
    kernel.backward(frame, adjoint, step, 0, xs.length);
    return { y: frame.writes[0]!, logDet: frame.logDet, dx: adjoint.reads[0]! };
  };

  it.each<[MapName, number[]]>([
    ["exp", [0, -1, -Infinity]],
    ["sigmoid", [0, 1, -0.5, 2, Infinity]],
    ["tanh", [1, -1, 1.5, -Infinity]],
    ["softplus", [0, -1e-40, -3]],
  ])("%s back from outside its support: a finite value, log-det -Infinity, no gradient", (map, outside) => {
    const { y, logDet, dx } = run(map, "inverse", Float32Array.from(outside));
    expect(y.every(Number.isFinite)).toBe(true);
    expect([...logDet]).toEqual(outside.map(() => Number.NEGATIVE_INFINITY));
    expect([...dx]).toEqual(outside.map(() => 0));
  });

  it.each<readonly [MapName, Direction, readonly [number, number], (x: number) => number, (x: number) => number]>([
    ["exp", "forward", [-100, 80], Math.exp, (x) => x],
    ["exp", "inverse", [1e-30, 1e-20], Math.log, (x) => -Math.log(x)],
    ["sigmoid", "forward", [-80, 80], (x) => 1 / (1 + Math.exp(-x)), (x) => -soft(x) - soft(-x)],
    ["sigmoid", "inverse", [1e-20, 1e-10], (x) => Math.log(x) - Math.log1p(-x), (x) => -Math.log(x) - Math.log1p(-x)],
    ["tanh", "forward", [-40, 40], Math.tanh, (x) => 2 * (Math.LN2 - Math.abs(x) - soft(-2 * Math.abs(x)))],
    ["tanh", "inverse", [-1e-3, 1e-3], Math.atanh, (x) => -Math.log1p(-x * x)],
    ["tanh", "inverse", [-0.999, -0.5], Math.atanh, (x) => -Math.log1p(-x * x)],
    ["tanh", "inverse", [0.5, 0.999], Math.atanh, (x) => -Math.log1p(-x * x)],
    ["sigmoid", "inverse", [0.7, 0.999], (x) => Math.log(x) - Math.log1p(-x), (x) => -Math.log(x) - Math.log1p(-x)],
    ["softplus", "forward", [-80, -20], soft, (x) => -soft(-x)],
    ["softplus", "forward", [20, 80], soft, (x) => -soft(-x)],
    ["softplus", "inverse", [1e-30, 1e-10], (x) => x + rest(x), (x) => -rest(x)],
    ["softplus", "inverse", [8, 80], (x) => x + rest(x), (x) => -rest(x)],
  ])("%s %s keeps its digits on %s", (map, direction, [low, high], value, logSlope) => {
    const xs = numbers(1_000, low, high);
    const { y, logDet } = run(map, direction, xs);
    xs.forEach((x, i) => {
      expect(Math.abs(y[i]! - value(x)), `value at ${x}`).toBeLessThanOrEqual(4 * ulp(value(x)));
      // In the tails log-slopes keep their own digits; where they cross 0 those beside 1.
      const size = Math.max(Math.abs(logSlope(x)), Math.abs(x) < 1 ? 1 : 0);
      expect(Math.abs(logDet[i]! - logSlope(x)), `log-slope at ${x}`).toBeLessThanOrEqual(4 * ulp(size));
    });
  });
});
