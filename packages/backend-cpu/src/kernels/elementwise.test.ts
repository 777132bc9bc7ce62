import { type Direction, elementwiseSpec, type MapName, stepOf } from "@flows/core/author";
import { describe, expect, it } from "vitest";
import type { Case } from "../testing/case.js";
import { elementwise } from "../testing/curves.js";
import { frame, setUp } from "../testing/frame.js";

const of = (map: MapName, direction: Direction): Case => ({
  ...elementwise[0]!,
  step: stepOf(elementwiseSpec, { rows: [1], attrs: { map, direction, slope: 0.1 } }),
});

describe("elementwise, outside the support", () => {
  it.each<[MapName, number]>([
    ["exp", -1],
    ["sigmoid", 1],
    ["tanh", -1.5],
    ["softplus", 0],
  ])("%s at %d: a finite value, log-det -Infinity, no gradient", (map, x) => {
    const { kernel, step } = setUp(of(map, "inverse"), 1);
    const [y, logDet, dx] = [new Float64Array(1), new Float64Array(1), new Float64Array(1)];
    kernel.forward(frame([Float64Array.of(x)], [y], [], logDet), step, 0, 1);
    kernel.backward(frame([Float64Array.of(x)], [y], [], logDet), frame([dx], [Float64Array.of(1)], [], Float64Array.of(1)), step, 0, 1);
    expect(Number.isFinite(y[0])).toBe(true);
    expect([logDet[0], dx[0]]).toEqual([Number.NEGATIVE_INFINITY, 0]);
  });
});

describe("elementwise, far out", () => {
  const at = (map: MapName, direction: Direction, x: number): [value: number, logDet: number] => {
    const { kernel, step } = setUp(of(map, direction), 1);
    const [y, logDet] = [new Float64Array(1), new Float64Array(1)];
    kernel.forward(frame([Float64Array.of(x)], [y], [], logDet), step, 0, 1);
    return [y[0]!, logDet[0]!];
  };
  it.each<[MapName, Direction, number, number, number]>([
    ["sigmoid", "forward", 800, 1, -800],
    ["sigmoid", "forward", -800, 0, -800],
    ["tanh", "forward", 400, 1, 2 * Math.LN2 - 800],
    ["tanh", "forward", -400, -1, 2 * Math.LN2 - 800],
    ["softplus", "forward", -800, 0, -800],
    ["softplus", "forward", 800, 800, 0],
    ["softplus", "inverse", 800, 800, 0],
    ["softplus", "inverse", 1e-12, Math.log(1e-12), -Math.log(1e-12)],
    ["exp", "inverse", 1e-300, Math.log(1e-300), -Math.log(1e-300)],
  ])("%s %s at %d", (map, direction, x, value, logDet) => {
    const [y, l] = at(map, direction, x);
    expect(y).toBeCloseTo(value, 9);
    expect(l).toBeCloseTo(logDet, 9);
  });
});
