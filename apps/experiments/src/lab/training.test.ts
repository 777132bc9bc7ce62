import type { Distribution, Rows } from "@flows/core";
import { ring } from "@flows/datasets";
import { expect, it } from "vitest";
import { type Fitting, sourceOf, trainingOf } from "./training.js";

const fitting = (more: Partial<Fitting>): Fitting => ({
  key: "k",
  label: "l",
  make: () => ({}) as Distribution,
  toy: ring(),
  rows: 600,
  options: { batch: 256 },
  ...more,
});

function batches(one: Fitting, epoch: number): Rows[] {
  const source = sourceOf(one, trainingOf(one, 3).rows, 3) as (epoch: number) => Iterable<Rows>;
  return [...source(epoch)];
}
const firsts = (parts: readonly Rows[]): number[] => parts.flatMap(({ data }) => Array.from(data).filter((_, i) => i % 2 === 0));

it("rows go to the fit as they are", () => {
  const rows = ring().sample(600, 3);
  expect(sourceOf(fitting({}), rows, 3)).toBe(rows);
});

it("whole batches leave out what fills none: other rows in every epoch, none twice", () => {
  const one = fitting({ wholeBatches: true });
  const epoch = batches(one, 0);
  expect(epoch.map(({ shape }) => shape[0])).toEqual([256, 256]);
  const known = new Set(firsts([ring().sample(600, 3)]));
  expect(firsts(epoch).every((value) => known.has(value))).toBe(true);
  expect(new Set(firsts(epoch)).size).toBeGreaterThan(505); // float32 values of different rows may agree
  expect(batches(one, 0)).toEqual(epoch);
  expect(firsts(batches(one, 1))).not.toEqual(firsts(epoch));
});

it("fresh rows are those that follow, the same when asked again", () => {
  const one = fitting({ rows: "fresh" });
  const [first, second] = [batches(one, 0), batches(one, 1)];
  expect(first[1]!.data).toEqual(ring().sample(256, 3, 256).data);
  expect(second[0]!.data).toEqual(ring().sample(256, 3, 256 * first.length).data);
  expect(batches(one, 0)).toEqual(first);
});
