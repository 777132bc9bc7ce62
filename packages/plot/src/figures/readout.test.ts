import { expect, it } from "vitest";
import { figure } from "../layout/figure.js";
import { readout } from "./readout.js";

const lines = (count: number): number[] => {
  const readings = Array.from({ length: count }, (_, i) => ({ name: `name ${i}`, value: "1" }));
  const svg = figure({ panels: [readout({ readings })], height: 200 });
  return [...svg.matchAll(/<text[^>]* y="([\d.]+)"[^>]*>name/g)].map(([, y]) => Number(y));
};

it("keeps all its lines inside the panel, however many there are", () => {
  const [few, many] = [lines(3), lines(20)];
  expect(few).toEqual([few[0], few[0]! + 26, few[0]! + 52]);
  expect(many).toHaveLength(20);
  expect(many.at(-1)! - many[0]!).toBeLessThan(160);
  expect(many.every((y, i) => i === 0 || y > many[i - 1]!)).toBe(true);
});
