import type { Module } from "@flows/core";
import { broken, close, type Result, same } from "../close.js";
import type { Law } from "../law.js";
import { type Batch, rowOf, rowsOf, tensorsOf, widthOf, withRows } from "../plain/batch.js";
import { evaluate } from "../plain/evaluate.js";
import { measure } from "../plain/measure.js";
import { batchFor, boundFor, lawFor, type Subject } from "../subject.js";

/** Rows on both sides of where engines begin a new block, chunk or thread's part. */
const long = 600;
const parts = [[0, 3], [14, 18], [62, 72], [126, 130], [254, 258], [298, 302], [510, 514], [597, 600]] as const; // biome-ignore format: a list of pairs

const partOf = (result: Result, n: number, from: number, to: number): Result =>
  Object.fromEntries(
    Object.entries(result).map(([key, values]) => {
      const width = values.length / n;
      return [key, Array.from(values).slice(from * width, to * width)];
    }),
  );
const pieceOf = (result: Result, n: number, i: number): Result => partOf(result, n, i, i + 1);
const only = (result: Result, keys: readonly string[]): Result => Object.fromEntries(keys.map((key) => [key, result[key]!]));
const rowKeys = (result: Result): string[] => ["value", "logDet", "logProb", "d rows"].filter((key) => key in result);

/** A batch with one number of one row replaced. */
const poisoned = (batch: Batch, row: number, value: number): Batch => {
  const rows = batch.rows.slice();
  rows[row * widthOf(batch)] = value;
  return withRows(batch, rows);
};

/** In evaluation mode no row knows of another. */
export function rowLaws<M extends Module>(subject: Subject<M>): Law[] {
  return [
    lawFor(subject, "a batch equals its rows one by one", async (module) => {
      for (const way of subject.ways) {
        const bound = await boundFor(subject, module, way);
        const batch = batchFor(subject, module, way, 5);
        const whole = await evaluate(module, way, batch);
        for (let i = 0; i < 5; i++)
          same(`${way.name} of row ${i} alone`, await evaluate(module, way, rowOf(batch, i)), pieceOf(whole, 5, i), bound);
      }
    }),
    lawFor(subject, "a long batch equals its parts", async (module) => {
      for (const way of subject.ways) {
        const bound = await boundFor(subject, module, way);
        const batch = batchFor(subject, module, way, long);
        const whole = await evaluate(module, way, batch);
        for (const [from, to] of parts)
          same(
            `${way.name} of rows ${from} to ${to} alone`,
            await evaluate(module, way, rowsOf(batch, from, to)),
            partOf(whole, long, from, to),
            bound,
          );
      }
    }),
    lawFor(subject, "a row that is not finite poisons no other row", async (module) => {
      for (const way of subject.ways) {
        const bound = await boundFor(subject, module, way);
        const batch = batchFor(subject, module, way, 5);
        const clean = await measure(module, way, batch);
        for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
          const got = await measure(module, way, poisoned(batch, 2, value));
          for (const i of [0, 1, 3, 4]) {
            const keys = rowKeys(clean);
            same(`${way.name} of row ${i} beside ${value}`, only(pieceOf(got, 5, i), keys), only(pieceOf(clean, 5, i), keys), bound);
          }
          if (Number.isNaN(value)) propagates(way.name, pieceOf(got, 5, 2));
        }
      }
    }),
    lawFor(subject, "the same call gives the same bits", async (module) => {
      for (const way of subject.ways) {
        const batch = batchFor(subject, module, way, 70);
        const [first, second] = [await evaluate(module, way, batch), await evaluate(module, way, batch)];
        same(`${way.name} again`, second, first, () => 0);
      }
    }),
    lawFor(subject, "a call writes to nothing it was given", async (module) => {
      for (const way of subject.ways) await keepsInputs(module, way, batchFor(subject, module, way, 5));
    }),
  ];
}

function propagates(name: string, result: Result): void {
  const outputs = ["value", "logDet", "logProb"].flatMap((key) => Array.from(result[key] ?? []));
  if (!outputs.some(Number.isNaN)) broken(`${name} of a row with NaN gave ${outputs.join(", ")}: NaN must be seen`);
}

async function keepsInputs<M extends Module>(module: M, way: Subject<M>["ways"][number], batch: Batch): Promise<void> {
  const { rows, call, dispose } = tensorsOf(batch);
  for (const output of Object.values(way.run(module, rows, call))) output.dispose();
  close(`rows after ${way.name}`, await rows.data(), batch.rows, 0);
  if (call.context) close(`context after ${way.name}`, await call.context.data(), batch.context, 0);
  dispose();
}
